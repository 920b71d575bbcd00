"""The demo's bureaus and people, every one invented; the district has exactly six certified officers."""

from datetime import date

from django.contrib.auth.hashers import make_password

from laojian.cases.replay.walk import Cast
from laojian.people.models import Bureau, Certificate, Officer, Post, Role

PASSWORD = "laojian-demo-2026"  # opens the demo's accounts only, which have no password anywhere else
SINCE, CERTIFIED_UNTIL, LICENSED_UNTIL = date(2017, 1, 1), date(2028, 3, 31), date(2099, 12, 31)
TOWN_SINCE = "2021-09-01"  # the day from which the invented town holds what law/profiles/example-town.yaml lists

BUREAUS = {  # key: name, short, level, parent, region
    "city": ("示例市人力资源和社会保障局", "示人社监", "city", None, "示例市"),
    "district": ("示例市宝示区人力资源和社会保障局", "宝人社监", "district", "city", "宝示区"),
    "town": ("宝示区周示街道综合行政执法队", "周综执", "town", "district", "宝示区"),
    "west": ("示例市武示区人力资源和社会保障局", "武人社监", "district", "city", "武示区"),
    "coast": ("示例市滨示区人力资源和社会保障局", "滨人社监", "district", "city", "滨示区"),
}
PEOPLE = {  # bureau: (account, name, posts, certified)
    "district": [
        ("zhou", "周受理", ("clerk",), False),
        ("zhang", "张监察", ("inspector",), True),
        ("li", "李监察", ("inspector",), True),
        ("chen", "陈监察", ("inspector",), True),
        ("yang", "杨监察", ("inspector",), True),
        ("wang", "王队长", ("unit_head",), True),
        ("zhao", "赵法制", ("reviewer",), True),
        ("sun", "孙副局", ("deputy",), False),
        ("qian", "钱局长", ("chief",), False),
        ("he", "何听证", ("hearing_officer",), False),
        ("zheng", "郑档案", ("archivist",), False),
    ],
    "town": [
        ("liu", "刘执法", ("inspector", "clerk"), True),
        ("gao", "高执法", ("inspector",), True),
        ("lin", "林队长", ("unit_head",), True),
        ("guo", "郭司法", ("reviewer",), True),
        ("ma", "马副主任", ("deputy", "archivist"), False),
    ],
    "city": [
        ("feng", "冯受理", ("clerk",), False),
        ("jin", "金监察", ("inspector",), True),
        ("shi", "施监察", ("inspector",), True),
        ("kong", "孔总队", ("unit_head",), True),
        ("wei", "魏法制", ("reviewer",), True),
        ("tao", "陶副局", ("deputy",), False),
        ("jiang", "姜局长", ("chief",), False),
        ("xie", "谢档案", ("archivist",), False),
        ("cao", "曹监督", ("supervision",), False),
        ("dong", "董审计", ("auditor",), False),
        ("yan", "严纪检", ("discipline",), False),
        ("admin", "系统管理员", ("admin",), False),
    ],
    "west": [
        ("wu", "吴监察", ("inspector", "clerk"), True),
        ("yu", "于监察", ("inspector",), True),
        ("bai", "白队长", ("unit_head",), True),
        ("cui", "崔法制", ("reviewer",), True),
        ("ren", "任副局", ("deputy", "archivist"), False),
    ],
    "coast": [
        ("hai", "海监察", ("inspector", "clerk"), True),
        ("tang", "唐监察", ("inspector",), True),
        ("qiu", "邱队长", ("unit_head",), True),
        ("lu", "陆法制", ("reviewer",), True),
        ("pan", "潘副局", ("deputy", "archivist"), False),
    ],
}


def accounts() -> list[tuple[str, str, str]]:
    """One account for each post: post and name, account, password. The district's where it has the post."""
    shown, told = [], set()
    for bureau in ("district", "city"):
        for username, name, posts, _ in PEOPLE[bureau]:
            if posts[0] not in told:
                told.add(posts[0])
                shown.append((f"{BUREAUS[bureau][4]} {Role(posts[0]).label} {name}", username, PASSWORD))
    town, other = PEOPLE["town"][0], PEOPLE["west"][0]
    shown.append((f"街道执法队 {Role.INSPECTOR.label} {town[1]}", town[0], PASSWORD))
    shown.append((f"{BUREAUS['west'][4]} {Role.INSPECTOR.label} {other[1]}", other[0], PASSWORD))
    return shown


def make_people() -> dict[str, Cast]:
    """Write bureaus, officers, posts and certificates; returns who acts in each bureau."""
    bureaus: dict[str, Bureau] = {}
    secret = make_password(PASSWORD)
    clock = Officer.objects.get(username="clock")
    casts = {}
    for key, (name, short, level, parent, region) in BUREAUS.items():
        bureaus[key] = bureau(name, short, level, bureaus.get(parent), region)
    for key, people in PEOPLE.items():
        posts: dict[str, list[Officer]] = {}
        for username, name, roles, certified in people:
            made = officer(bureaus[key], username, name, roles, certified, secret)
            for role in roles:
                posts.setdefault(role, []).append(made)
        casts[key] = Cast(bureaus[key], posts, clock)
    return casts


def bureau(name: str, short: str, level: str, parent: Bureau | None, region: str) -> Bureau:
    """One bureau; a town's files are seen at its district."""
    made = Bureau.objects.create(
        name=name, short=short, level=level, parent=parent, region=region, address=f"{region}示例路 1 号",
        phone="022-00000000", reconsideration=f"{region}人民政府", court=f"{region}人民法院",
        fine_bank=f"示例银行{region}支行",
        arbitration={
            "name": f"{region}劳动人事争议仲裁委员会", "address": f"{region}示例路 2 号", "phone": "022-00000001",
        },
        options={"powers": {TOWN_SINCE: "example-town"}} if level == "town" else {},
    )  # fmt: skip
    made.district = parent if level == "town" else made
    made.save(update_fields=["district"])
    return made


def officer(home: Bureau, username: str, name: str, roles, certified: bool, secret: str) -> Officer:
    """One officer with posts and certificates."""
    made = Officer.objects.create(username=username, name=name, bureau=home, password=secret)
    Post.objects.bulk_create(Post(officer=made, bureau=home, role=role, since=SINCE) for role in roles)
    rows = []
    if certified:
        rows.append(
            Certificate(
                officer=made,
                kind="enforcement",
                number=f"示例执法{made.pk:04d}",
                valid_from=SINCE,
                valid_to=CERTIFIED_UNTIL,
            )
        )
    if "reviewer" in roles:
        rows.append(
            Certificate(
                officer=made, kind="lawyer", number=f"示例资格{made.pk:04d}", valid_from=SINCE, valid_to=LICENSED_UNTIL
            )
        )
    Certificate.objects.bulk_create(rows)
    return made
