"""The cast: a city bureau, a Baodi-like district with six officers, a town team, another district; invented, every one."""

from datetime import date, datetime

from laojian.people.models import Bureau, Certificate, Officer, Post
from laojian.procedure.step import SHANGHAI

SINCE = date(2017, 1, 1)
DISTRICT = {
    "zhou": ("周受理", ["clerk", "archivist"]),
    "zhang": ("张监察", ["inspector"]),
    "li": ("李监察", ["inspector"]),
    "wang": ("王队长", ["unit_head"]),
    "zhao": ("赵法制", ["reviewer"]),
    "sun": ("孙局长", ["deputy"]),
}


def at(day: str, hour: int = 9, minute: int = 0) -> datetime:
    """A moment on a day in China."""
    return datetime.fromisoformat(f"{day}T{hour:02d}:{minute:02d}:00").replace(tzinfo=SHANGHAI)


def bureau(name: str, short: str, level: str, parent: Bureau | None = None, **more) -> Bureau:
    """A bureau; a town team's files are seen at its district."""
    made = Bureau.objects.create(
        name=name, short=short, level=level, parent=parent, region=more.pop("region", "示例区"),
        reconsideration=f"{more.get('region', '示例区')}人民政府", court="示例区人民法院", phone="022-0000 0000", address="示例路 1 号",
        fine_bank="示例银行示例支行",
        arbitration={"name": "示例区劳动人事争议仲裁委员会", "address": "示例路 2 号", "phone": "022-0000 0001"},
        options={"powers": {SINCE.isoformat(): "example-town"}} if level == "town" else {}, **more,
    )  # fmt: skip
    made.district = parent if level == "town" else made
    made.save()
    return made


def officer(username: str, name: str, home: Bureau, roles: list[str], certificate: bool = True) -> Officer:
    """An officer with posts and, unless told otherwise, a certificate valid until 2028; a reviewer is a qualified lawyer."""
    made = Officer(username=username, name=name, bureau=home)
    made.set_password("示例-口令-2026")
    made.save()
    Post.objects.bulk_create(Post(officer=made, bureau=home, role=role, since=SINCE) for role in roles)
    if certificate:
        Certificate.objects.create(
            officer=made, kind="enforcement", number=f"SL{made.pk:06d}", valid_from=SINCE, valid_to=date(2028, 3, 31)
        )
    if "reviewer" in roles:
        Certificate.objects.create(
            officer=made, kind="lawyer", number=f"FZ{made.pk:06d}", valid_from=SINCE, valid_to=date(2099, 1, 1)
        )
    return made


class World:
    """Everybody by a short name: `world.zhang`; bureaus `city`, `district`, `town`, `elsewhere`."""

    def __init__(self):
        self.city = bureau("示例市人力资源和社会保障局", "示人社监", "city")
        self.district = bureau("示例市宝示区人力资源和社会保障局", "宝人社监", "district", self.city, region="宝示区")
        self.town = bureau("宝示区周示街道综合行政执法队", "周综执", "town", self.district, region="宝示区")
        self.elsewhere = bureau("示例市武示区人力资源和社会保障局", "武人社监", "district", self.city, region="武示区")
        for username, (name, roles) in DISTRICT.items():
            setattr(self, username, officer(username, name, self.district, roles))
        self.qian = officer("qian", "钱局长", self.district, ["chief"], certificate=False)
        self.he = officer("he", "何听证", self.district, ["hearing_officer"], certificate=False)
        self.cao = officer("cao", "曹监督", self.city, ["supervision"])
        self.dong = officer("dong", "董审计", self.city, ["auditor"], certificate=False)
        self.admin = officer("admin", "管理员", self.city, ["admin"], certificate=False)
        self.city_reviewer = officer("shi", "石法制", self.city, ["reviewer"])
        self.city_inspector = officer("jin", "金监察", self.city, ["inspector"])
        self.town_inspector = officer("liu", "刘执法", self.town, ["inspector", "clerk"])
        self.outsider = officer("wu", "吴监察", self.elsewhere, ["inspector", "clerk"])
        self.outsider_head = officer("ma", "马队长", self.elsewhere, ["unit_head"])
        self.clock, self.public = system("clock", "期限"), system("complainant", "投诉人（凭查询码）")
        self.visited = system("employer", "用人单位（凭核验码）")


def system(username: str, name: str) -> Officer:
    """The two actors that are nobody: the clock and the public counter."""
    made, _ = Officer.objects.get_or_create(username=username, defaults={"name": name, "system": True, "password": "!"})
    return made
