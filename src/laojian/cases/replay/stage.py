"""The stage of a replay: a bureau marked （重演） and its people, one for each post, all clearly invented."""

from collections.abc import Mapping
from datetime import date

from laojian.people.models import Bureau, Certificate, Officer, Post, Role

from .story import Story
from .walk import Cast

MARK = "（重演）"
LEVELS = {
    "city": ("示例市人力资源和社会保障局", "示市人社监"),
    "district": ("示例区（县）人力资源和社会保障局", "示人社监"),
    "town": ("示例镇综合行政执法队", "示镇综执"),
}
POSTS: Mapping[str, tuple[str, ...]] = {
    "clerk": ("窗口示例",), "inspector": ("监察示例甲", "监察示例乙"), "unit_head": ("队长示例",), "reviewer": ("法制示例",),
    "deputy": ("分管示例",), "chief": ("局长示例",), "archivist": ("档案示例",),
}  # fmt: skip
SINCE, UNTIL = date(2017, 1, 1), date(2099, 12, 31)


def stage(story: Story) -> Cast:
    """The bureau and the people of a story, written to the database; the names of the story's own people where it gives them."""
    place = bureau(story)
    posts = {
        post: [officer(place, post, name) for name in story.people.get(post, names)] for post, names in POSTS.items()
    }
    return Cast(place, posts, Officer.objects.get(username="clock"))


def bureau(story: Story) -> Bureau:
    """The deciding bureau; a town's team stands below a district."""
    name, short = LEVELS[story.level]
    powers = {"powers": {SINCE.isoformat(): story.powers}} if story.powers else {}
    if found := Bureau.objects.filter(name=MARK + name).first():
        found.options = powers
        found.save(update_fields=["options"])
        return found
    parent = None
    if story.level == "town":
        above = {"short": "重演区", "level": "district", "region": "示例区"}
        parent, _ = Bureau.objects.get_or_create(name=MARK + "示例区的上级人社局", defaults=above)
    made = Bureau.objects.create(
        name=MARK + name, short=short, level=story.level, parent=parent, region="示例区", address="示例路 1 号",
        phone="0000-00000000", reconsideration="示例区人民政府", court="示例区人民法院", fine_bank="示例银行",
        arbitration={"name": "示例区劳动人事争议仲裁委员会", "address": "示例路 2 号"}, options=powers,
    )  # fmt: skip
    made.district = parent or made
    made.save(update_fields=["district"])
    return made


def officer(place: Bureau, post: str, name: str) -> Officer:
    """One person in one post, who cannot log in; certified, the reviewer a qualified lawyer."""
    username = f"replay-{place.pk}-{post}-{name}"
    made, new = Officer.objects.get_or_create(
        username=username, defaults={"name": name, "bureau": place, "password": "!"}
    )
    if new:
        Post.objects.create(officer=made, bureau=place, role=Role(post), since=SINCE)
        kind = {"inspector": "enforcement", "reviewer": "lawyer"}.get(post)
        if kind:
            Certificate.objects.create(
                officer=made, kind=kind, number=f"示例{made.pk:06d}", valid_from=SINCE, valid_to=UNTIL
            )
    return made
