"""A sample of the same on real files: what each member of the cast is offered in each early state, as the page would show it."""

import pytest
from tests.world import at, officer

from laojian.dossier.models import Dossier
from laojian.people.acting import acting
from laojian.people.models import Post
from laojian.procedure.step import ROLE_LABELS
from laojian.procedure.take import offered, open_file, read, take

from .invented import WORDS, foreseen

pytestmark = pytest.mark.django_db
COMPLAINT = {
    "kind": "complaint",
    "matter": "wages",
    "respondent": "宏示装饰工程（示例）有限公司",
    "summary": "拖欠三个月工资",
    "name": "王示海",
}
FILING = {
    "matter": "wages",
    "began_on": "2025-10-01",
    "violation": "continuing",
    "opinion": "拟立案",
    "in_competence": True,
}
CAST = [
    "zhou",
    "zhang",
    "li",
    "wang",
    "zhao",
    "sun",
    "qian",
    "he",
    "cao",
    "dong",
    "admin",
    "city_inspector",
    "clock",
    "public",
    "feng",
]


@pytest.fixture
def path(world):
    """A file carried from state to state: each call takes it one step on."""
    file = open_file("general", "register", by=world.zhou, at=at("2026-01-05"), given=COMPLAINT)
    steps = [
        ("propose_filing", world.zhou, FILING),
        ("file", world.wang, {"opinion": "同意"}),
        ("assign", world.wang, {"lead": world.zhang.pk, "second": world.li.pk}),
    ]

    def walk():
        yield file.id
        for hour, (verb, by, given) in enumerate(steps, 10):
            take(file.id, verb, by=by, at=at("2026-01-05", hour), given=given)
            yield file.id

    return walk()


def table_says(officer, step, file) -> set[str]:
    """Why the table refuses an officer, of all the posts held in the file's bureau."""
    held = set(Post.objects.filter(officer=officer, bureau=file.dossier["bureau_id"]).values_list("role", flat=True))
    able = held & set(step.roles)
    hands = (file.dossier["lead_id"], file.dossier["second_id"])
    why = {"barred"} if any(row[1] in step.barred and row[3] == officer.pk for row in file.took) else set()
    if not able:
        return why | {"post"}
    return why | ({"not handling"} if able == {"inspector"} and hands[0] and officer.pk not in hands else set())


def table_words(offer) -> set[str]:
    """Of the reasons of an offer, those that the table gives."""
    texts = [reason.text + reason.remedy for reason in offer.reasons]
    return {key for key, words in WORDS.items() if any(words in text for text in texts)}


def test_each_member_of_the_cast_is_offered_what_the_table_says(world, path):
    world.feng = officer("feng", "冯监察", world.district, ["inspector"])
    seen = set()
    for file_id in path:
        for name in CAST:
            viewer = getattr(world, name)
            with acting(viewer.pk):
                if not Dossier.objects.filter(pk=file_id).exists():
                    assert name in ("public", "admin")  # no file is their business
                    continue
                file = read(file_id, viewer.pk, at("2026-01-06"))
                offers = offered(file)
            here = {s.verb for s in file.flow.steps if file.state in s.sources and s.role not in ROLE_LABELS}
            assert {offer.step.verb for offer in offers} == here
            assert [(name, o.step.verb) for o in offers if table_words(o) != table_says(viewer, o.step, file)] == []
            assert [offer.ready for offer in offers] == sorted((offer.ready for offer in offers), reverse=True)
            seen.add(file.state)
    assert seen == {"acceptance_review", "filing_proposed", "filed", "investigating"}


def test_the_rule_of_one_post_is_the_rule_of_this_sample(world, path):
    """Where somebody holds a single post, the sample's table and the one of all posts say the same."""
    for file_id in path:
        with acting(world.wang.pk):
            file = read(file_id, world.wang.pk, at("2026-01-06"))
        for step in file.flow.steps:
            if file.state in step.sources and step.role not in ROLE_LABELS:
                assert table_says(world.wang, step, file) - {"barred"} == foreseen(step, file.state, "unit_head")


@pytest.mark.parametrize("name", ["outsider", "outsider_head", "town_inspector"])
def test_for_somebody_of_another_bureau_the_file_does_not_exist(world, path, name):
    viewer = getattr(world, name)
    for file_id in path:
        with pytest.raises(Dossier.DoesNotExist), acting(viewer.pk):
            read(file_id, viewer.pk, at("2026-01-06"))
        with pytest.raises(Dossier.DoesNotExist):
            take(file_id, "propose_filing", by=viewer, at=at("2026-01-06"), given=FILING)
