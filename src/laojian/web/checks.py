"""The check that every address has decided who may open it; without one the platform does not start."""

from django.core import checks
from django.urls import URLPattern, URLResolver, get_resolver


def every_address_decides_access(**_) -> list[checks.Error]:
    """One error for each address whose view carries no `access`."""
    return [
        checks.Error(
            f"The address “{address}” has no access decision ({view.__module__}.{view.__qualname__}).",
            hint="Put @access(...) on its view.",
            id="laojian.E001",
        )
        for address, view in addresses(get_resolver())
        if not hasattr(view, "access")
    ]


def addresses(resolver: URLResolver, before: str = "") -> list[tuple[str, object]]:
    """Every address below a resolver, as it is written, with its view: a function, or the class behind it."""
    found = []
    for entry in resolver.url_patterns:
        here = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            found.append((here, getattr(entry.callback, "view_class", entry.callback)))
        else:
            found += addresses(entry, here)
    return found
