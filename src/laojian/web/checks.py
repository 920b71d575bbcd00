"""The check that every address has decided who may open it; without one the platform does not start."""

from django.core import checks
from django.urls import URLPattern, URLResolver, get_resolver


@checks.register(checks.Tags.urls)
def every_address_decides_access(app_configs, **kwargs) -> list[checks.Error]:
    return [
        checks.Error(
            f"The address “{address}” has no access decision ({pattern.callback.__module__}).",
            hint="Put @access(...) on its view.",
            id="laojian.E001",
        )
        for address, pattern in addresses(get_resolver())
        if not hasattr(getattr(pattern.callback, "view_class", pattern.callback), "access")
        and not hasattr(pattern.callback, "access")
    ]


def addresses(resolver: URLResolver, before: str = "") -> list[tuple[str, URLPattern]]:
    """Every address below a resolver, as it is written, with its pattern."""
    found = []
    for entry in resolver.url_patterns:
        here = before + str(entry.pattern)
        found += [(here, entry)] if isinstance(entry, URLPattern) else addresses(entry, here)
    return found
