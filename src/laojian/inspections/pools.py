"""Building the target pool: filters on the register of employers, strata, canonical bytes in the store."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.db.models import Case, CharField, Q, QuerySet, Value, When

from laojian.employers.models import Employer
from laojian.evidence.store import keep_bytes, store
from laojian.people.models import Bureau
from laojian.visits.models import Visit
from laojian.visits.queries import over_cap, year_of

from . import draw, rules
from .models import Pool, Task

CHUNK = 20_000  # rows fetched at a time
UNCODED = "无代码-"  # an employer without a credit code goes by its number in the register

Condition = Callable[[object], Q]
# What a scope may restrict, by its word. A later room adds its own, as the grade in force or being the target of a campaign.
CONDITIONS: dict[str, Condition] = {
    "kind": lambda value: Q(kind__in=value),
    "region": lambda value: Q(region__in=value),
    "industry": lambda value: Q(industry__in=value),
    "street": lambda value: Q(address__contains=value),
    "workers_from": lambda value: Q(workers__gte=value),
    "workers_to": lambda value: Q(workers__lte=value),
}
LABELS = {
    "kind": "单位类型", "region": "行政区", "industry": "行业", "street": "街镇", "workers_from": "职工人数不少于",
    "workers_to": "职工人数不多于", "grade": "诚信等级", "campaign": "专项行动",
}  # fmt: skip


def unknown(scope: Mapping) -> list[str]:
    """The restrictions that nothing here can tell yet, in words."""
    return [LABELS.get(key, key) for key in scope if key not in CONDITIONS]


def fitting(scope: Mapping) -> Q:
    """The employers of a scope."""
    found = Q()
    for key, value in scope.items():
        found &= CONDITIONS[key](value)
    return found


def told(scope: Mapping) -> str:
    """A scope in words."""
    kinds = dict(Employer.Kind.choices)
    parts = []
    for key, value in scope.items():
        values = value if isinstance(value, list) else [value]
        parts.append(f"{LABELS.get(key, key)}：{'、'.join(kinds.get(each, str(each)) for each in values)}")
    return "；".join(parts) or "不限"


def own_scope(bureau: Bureau, scope: Mapping) -> dict:
    """The scope within the bureau's own region, whatever the task names: a district draws from no other district (supervision 5.1)."""
    if bureau.level == Bureau.Level.CITY:
        return dict(scope)
    return {**scope, "region": [each for each in scope.get("region") or [bureau.region] if each == bureau.region]}


def targets(task: Task, bureau: Bureau) -> QuerySet[Employer]:
    """The employers of a task, each with the key of the first stratum that it fits; those that fit none are left out."""
    cases = [When(fitting(row["scope"]), then=Value(row["key"])) if row["scope"] else None for row in task.strata]
    rest = next((row["key"] for row, case in zip(task.strata, cases, strict=True) if case is None), None)
    before = cases[: cases.index(None)] if None in cases else cases
    default = Value(rest, output_field=CharField())
    which = Case(*before, default=default, output_field=CharField()) if before else default
    found = Employer.objects.filter(fitting(own_scope(bureau, task.scope)))
    return found.annotate(stratum=which).filter(stratum__isnull=False)


def over(task: Task, bureau: Bureau, day: date) -> list[int]:
    """Who was visited in the year of `day`, that of the inspections, as often as allowed: drawn, it could not be inspected (gbf54)."""
    visited = (
        Visit.objects.filter(stands=True, from_on__range=year_of(day)).values_list("employer", flat=True).distinct()
    )
    return list(over_cap(visited, task.items, Visit.Ground.DRAW, day, bureau.options)) if task.items else []


def freeze_targets(task: Task, bureau: Bureau, at: datetime, day: date) -> Pool:
    """The target pool as it now stands, kept, for inspections on `day`.

    Beside the ids of a stratum the register's numbers are kept, in the same order: a credit code may be corrected before the
    draw. Raises `draw.NotDrawable` with a sentence when a stratum is empty or twofold.
    """
    ids: dict[str, list[tuple[str, int]]] = {row["key"]: [] for row in task.strata}
    out = over(task, bureau, day)
    rows = targets(task, bureau).exclude(pk__in=out).values_list("stratum", "credit_code", "pk")
    for key, code, pk in rows.iterator(CHUNK):
        ids[key].append((code or f"{UNCODED}{pk}", pk))
    strata, digests = [], []
    for row in task.strata:
        pairs = ids.pop(row["key"])
        made = draw.pool((each for each, _ in pairs), f"“{row['key']}”")
        register = dict(pairs)
        number = rules.number(row, made.size)
        keep_bytes(made.text)
        digests.append(made.digest)
        strata.append({
            "key": row["key"], "size": made.size, "number": number, "minimum": rules.minimum(row, made.size),
            "ratio": row.get("ratio") or "0", "least": row.get("least") or 0, "digest": made.digest,
            "register": keep_bytes("".join(f"{register[each]}\n" for each in made.ids()).encode()),
        })  # fmt: skip
    whole = keep_bytes("".join(f"{digest}\n" for digest in digests).encode())
    return Pool.objects.create(
        bureau=bureau, kind=Pool.Kind.TARGETS, at=at, scope={**own_scope(bureau, task.scope), "over_cap": len(out)}, strata=strata,
        digest=whole,
        size=sum(row["size"] for row in strata),
    )  # fmt: skip


def kept(digest: str) -> bytes:
    """Bytes of the store, by their digest."""
    with store().open(digest) as content:
        return content.read()


def strata_of(pool: Pool) -> list[draw.Stratum]:
    """The strata of a frozen target pool, as they are drawn. Raises `NotDrawable` when bytes are not those that were frozen."""
    found = []
    for row in pool.strata:
        made = draw.kept_pool(kept(row["digest"]), f"“{row['key']}”")
        if made.digest != row["digest"]:
            raise draw.NotDrawable(f"“{row['key']}”的存档与固定时的摘要不符：文件已被改动，请从备份恢复。")
        found.append(draw.Stratum(row["key"], made, rules.share(row), row["least"], row["number"]))
    return found


def employers_of(pool: Pool, ids: list[str]) -> dict[str, int]:
    """The register's numbers of these ids, as they were when the pool was frozen: a code may have been corrected since.

    Raises `draw.NotDrawable`, naming them, for ids whose employer the register no longer has.
    """
    wanted, found = {each.encode() for each in ids}, {}
    for row in pool.strata:
        if "register" in row:
            pairs = zip(kept(row["digest"]).split(b"\n"), kept(row["register"]).split(b"\n"), strict=True)
            found |= {code.decode(): int(pk) for code, pk in pairs if code in wanted}
    if left := set(ids) - found.keys():  # a pool that was frozen without the register's numbers
        found |= {each: int(each.removeprefix(UNCODED)) for each in left if each.startswith(UNCODED)}
        found |= dict(Employer.objects.filter(credit_code__in=left).values_list("credit_code", "pk"))
    here = set(Employer.objects.filter(pk__in=found.values()).values_list("pk", flat=True))
    if gone := [each for each in ids if found.get(each) not in here]:
        raise draw.NotDrawable(
            f"名录中的 {draw.few(gone)} 在登记中已经找不到：请恢复该单位的登记，或者作废本次抽取，核对名录后另行抽取。"
        )
    return found
