"""The public bundle and who redoes it: same bytes for the same draw, everything matches, and every change is found and named."""

import csv
import io
import json
import runpy
import subprocess
import sys
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.browser import chromium  # noqa: F401

from laojian.inspections import bundle as public
from laojian.inspections.draw import NotDrawable, Stratum, commitment, draw, pool, seed
from laojian.inspections.tests.draws import (
    ADDED,
    COMPETENCES,
    DRAW_NO,
    NAMED,
    SALT,
    TERMS,
    VALUE,
    Whole,
    firms,
    officers,
    strata,
    text,
    whole,
)  # fmt: skip

VERIFIER = Path(public.__file__).parent / "static" / "inspections" / "verify_draw.py"
SECTIONS = {  # where a byte is changed, and what must then be named
    "announcement": "announcement", "officers": "officers", "pairing": "pairing", "pools": "pool", "randomness": "randomness",
    "result": "result", "salt": "salt", "seed": "seed",
}  # fmt: skip
HOST = "https://verify.laojian.test"


@cache
def drawn() -> Whole:
    return whole()


@cache
def verifier() -> dict:
    return runpy.run_path(str(VERIFIER))


def findings(data: bytes) -> dict:
    """What the stand-alone verifier finds in the bytes of a file, as its command does."""
    try:
        return verifier()["check"](json.loads(data.decode()))
    except ValueError:
        return {"file": False}


def named(data: bytes) -> set[str]:
    return {part for part, right in findings(data).items() if right is not True and right is not None}


def section(key: str) -> tuple[bytes, int, int]:
    """The revealed bundle's bytes, and where the value of a key begins and ends in them."""
    data = text(drawn().revealed)
    value = public.plain(json.loads(data)[key]).encode()
    start = data.index(f'"{key}":'.encode() + value) + len(key) + 3
    return data, start, start + len(value)


def changed(data: bytes, change) -> bytes:
    told = json.loads(data)
    change(told)
    for part in public.SEALED:  # who forges seals what was forged
        told["seals"][part] = public.digest(told[part])
    return public.plain(told).encode()


def test_the_same_draw_gives_the_same_bytes_and_everything_matches():
    assert text(drawn().revealed) == text(whole().revealed)
    assert json.loads(text(drawn().revealed)) == json.loads(public.plain(json.loads(text(drawn().revealed))))
    found = findings(text(drawn().revealed))
    assert set(found.values()) == {True} and set(SECTIONS.values()) | {"sizes", "commitment"} == set(found)


def test_before_the_salt_is_revealed_as_much_as_can_be_told_is_told():
    kept, announced = findings(text(drawn().kept)), findings(text(drawn().announced))
    for found in (kept, announced):
        assert {part for part, right in found.items() if right is None} >= {
            "commitment",
            "salt",
            "seed",
            "result",
            "pairing",
        }
        assert (
            all(found[part] for part in ("announcement", "pool", "sizes", "officers")) and False not in found.values()
        )
    assert kept["randomness"] is True and announced["randomness"] is None
    stranger = changed(text(drawn().kept), lambda told: told["result"][0].update(id="91X"))
    assert named(stranger) == {"result"}


def test_nothing_that_is_secret_stands_in_what_is_public_too_early():
    for bundle in (drawn().kept, drawn().announced):
        assert SALT.encode() not in text(bundle) and json.loads(text(bundle))["seed"] is None
    assert json.loads(text(drawn().announced))["result"] is None
    assert "本人申报" not in text(drawn().revealed).decode()


@pytest.mark.parametrize("key", SECTIONS)
@settings(max_examples=60)
@given(data=st.data())
def test_every_changed_byte_is_found_and_named(key, data):
    whole, start, end = section(key)
    place = data.draw(st.integers(start, end - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[place]))
    assert named(whole[:place] + bytes([byte]) + whole[place + 1 :]) & {SECTIONS[key], "file"}


@pytest.mark.parametrize("key", ["salt", "seed", "randomness"])
def test_a_changed_sign_is_named_and_nothing_else_is(key):
    whole, start, end = section(key)
    for place in range(start + 1, end - 1, 3):
        sign = whole[place : place + 1]
        if sign.isalnum() and whole[place - 1 : place + 2].isascii():
            assert named(whole[:place] + (b"1" if sign != b"1" else b"2") + whole[place + 1 :]) == {SECTIONS[key]}, (
                place
            )


def test_a_changed_commitment_is_told_from_a_changed_salt():
    whole, start, _ = section("announcement")
    place = whole.index(b'"commitment":"', start) + 15
    assert named(whole[:place] + (b"1" if whole[place : place + 1] != b"1" else b"2") + whole[place + 1 :]) == {
        "announcement", "commitment",
    }  # fmt: skip


FORGED = {
    "a firm leaves the pool": (lambda b: b["pools"][1]["ids"].pop(), {"pool"}),
    "a firm stands twice": (lambda b: b["pools"][0]["ids"].append(b["pools"][0]["ids"][-1]), {"pool"}),
    "the result is sorted anew": (lambda b: b["result"].insert(0, b["result"].pop(1)), {"result"}),
    "a friend is left out": (lambda b: b["result"].pop(2), {"result"}),
    "the next but one is called": (lambda b: b["result"][8].update(id=b["result"][10]["id"]), {"result"}),
    "a replacement is called a drawn one": (lambda b: b["result"][8].update({"as": "drawn"}), {"result"}),
    "a ticket is polished": (lambda b: b["result"][0].update(ticket="0.000000000000000001"), {"result"}),
    "an officer is put in by hand": (lambda b: b["pairing"][3]["team"][0].update(number="120102"), {"pairing"}),
    "the lead is another": (lambda b: b["pairing"][4].update(lead="120201"), {"pairing"}),
    "somebody passed over is not told": (lambda b: b["pairing"][0]["passed"].pop(0), {"pairing"}),
    "a full load is hidden": (lambda b: b["pairing"][4]["passed"].pop(2), {"pairing"}),
    "a visit has no pairing": (lambda b: b["pairing"].pop(), {"pairing"}),
    "a certificate is prolonged": (lambda b: b["officers"][4].update(valid_to="2030-01-01"), {"officers"}),
    "another salt is revealed": (lambda b: b.update(salt="00" * 32, seed=b["seed"][:-64] + "00" * 32), {"commitment"}),
}


@pytest.mark.parametrize("forged", FORGED)
def test_a_forger_who_seals_anew_is_found_by_redoing_the_draw(forged):
    change, parts = FORGED[forged]
    assert named(changed(text(drawn().revealed), change)) >= parts


def test_a_forger_who_plans_fewer_than_the_share_is_found():
    def fewer(told):
        told["announcement"]["strata"][1].update(size=1)
        told["announced"] = public.digest(told["announcement"])

    assert "sizes" in named(changed(text(drawn().revealed), fewer))


def test_later_entrants_take_the_next_tickets_and_the_reserve_begins_behind_them():
    rows = json.loads(text(drawn().revealed))["result"]
    sample = next(sample for sample in drawn().samples if sample.stratum == "B级")
    own = {
        kind: [row["id"] for row in rows if row["stratum"] == "B级" and row["as"] == kind]
        for kind in ("drawn", "added", "reserve")
    }
    assert own["drawn"] + own["added"] + own["reserve"] == [each.id for each in sample.taken + sample.after]
    assert len(own["added"]) == 1 and [row["for"] for row in rows if row["as"] == "added"] == [None, firms("C", 7)[2]]
    with pytest.raises(NotDrawable, match="C级没有后续票号"):
        whole([replace(ADDED[1], reason=str(turn)) for turn in range(3)])


def test_the_table_for_spreadsheets_and_the_pools_as_text():
    page = public.as_csv(drawn().revealed)
    rows = list(csv.reader(io.StringIO(page.decode("utf-8-sig"))))
    told = json.loads(text(drawn().revealed))
    assert page.startswith(b"\xef\xbb\xbf") and [row[3] for row in rows[1:]] == [row["id"] for row in told["result"]]
    assert [row[1] for row in rows[1:]].count("增补") == 2 and '已注销,"停业"' in [row[9] for row in rows]
    for name, stratum in zip(public.pool_texts(drawn().revealed).items(), told["announcement"]["strata"], strict=True):
        assert sha256(name[1]).hexdigest() == stratum["digest"]
    danger = public.as_csv({"pairing": None, "result": [{**told["result"][0], "id": "=1+1"}]})
    assert b",'=1+1," in danger


def test_a_sensitive_list_is_drawn_under_masked_ids_and_opened_one_by_one():
    mask, ids = "c3" * 32, firms("D", 30)
    layer = Stratum("全部", pool(public.masked(mask, each) for each in ids), at_least=3)
    told = public.announcement(DRAW_NO, {"name": "示例"}, [layer], NAMED, commitment(SALT, DRAW_NO), masked=True)
    samples = draw([layer], seed(DRAW_NO, VALUE, SALT), after=2)
    real = {public.masked(mask, each): each for each in ids}
    opened = [public.opening(mask, real[each.id]) for each in samples[0].taken]
    data = text(public.bundle(told, [layer], randomness=VALUE, salt=SALT, samples=samples, openings=opened))
    assert named(data) == set() and sum(each.encode() in data for each in ids) == 3 and mask.encode() not in data
    wrong = changed(
        data, lambda told: told["result"][0]["opened"].update(id=ids[0] if ids[0] != opened[0].real else ids[1])
    )
    assert named(wrong) == {"result"}
    with pytest.raises(NotDrawable, match="遮蔽密钥"):
        public.masked("短", "甲")


def test_officers_and_terms_are_announced_together_or_not_at_all():
    for more in ({"officers": officers()}, {"terms": TERMS}):
        with pytest.raises(NotDrawable, match="一并公告"):
            public.announcement(DRAW_NO, {}, strata(), NAMED, "", competences=COMPETENCES, **more)


def test_the_verifier_is_short_and_needs_nothing_but_python(tmp_path):
    assert VERIFIER.read_text().count("\n") < 150
    for data, code, says in (
        (text(drawn().revealed), 0, "result 抽取结果 ✓ 相符 matches"),
        (text(drawn().kept), 0, "salt 盐值 … 盐值揭示前不能核验"),
        (text(drawn().revealed).replace(b'"lead":"120103"', b'"lead":"120101"', 1), 1, "pairing 派出人员 ✗ 不符 DIFFERS 第 2 行 row 2"),
        (b"\xff", 1, "file 文件 ✗ 不符 DIFFERS"), (b"[]", 1, "DIFFERS"), (b'{"a":1}', 1, "DIFFERS"),
    ):  # fmt: skip
        (tmp_path / "bundle.json").write_bytes(data)
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-X", "utf8", VERIFIER, tmp_path / "bundle.json"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (code, "") and says in done.stdout, done.stdout


@pytest.fixture(scope="module")
def page(chromium):  # noqa: F811
    """A page of a strict site that serves the module and nothing else."""
    opened = chromium.new_page()
    policy = {"Content-Security-Policy": "default-src 'none'; script-src 'self'"}

    def serve(route):
        script = route.request.url.endswith(".js")
        body = VERIFIER.with_suffix(".js").read_text() if script else "<!doctype html><title>核验</title>"
        route.fulfill(
            body=body, headers=policy, content_type="text/javascript" if script else "text/html; charset=utf-8"
        )

    opened.route(f"{HOST}/**", serve)
    opened.goto(f"{HOST}/")
    yield opened
    opened.close()


def in_browser(page, texts: list[str]) -> list[dict]:
    found = page.evaluate(
        "async (texts) => { const { runText } = await import('/verify_draw.js');"
        " const found = []; for (const text of texts) found.push(await runText(text)); return found; }",
        texts,
    )
    return [{each["part"]: f"row {each['place']}" if each["place"] else each["right"] for each in one} for one in found]


def test_the_browser_finds_the_same(page):
    """Right, early and forged bundles give the same findings in both verifiers; no byte changed anywhere escapes either."""
    data = text(drawn().revealed)
    files = [data, text(drawn().kept), text(drawn().announced)]
    files += [changed(data, change) for change, _ in FORGED.values()]
    theirs = in_browser(page, [file.decode() for file in files])
    assert theirs == [{part: places(right) for part, right in findings(file).items()} for file in files]
    other = [data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :] for place in range(5, len(data), 97)]
    other = [file for file in other if file.decode(errors="replace").encode() == file]
    theirs = in_browser(page, [file.decode() for file in other])
    assert len(other) > 90 and [
        file for file, found in zip(other, theirs, strict=True)
        if not named(file) & {part for part, right in found.items() if right not in (True, None)}
    ] == []  # fmt: skip


def places(right):
    return right.split(" 行 ")[1] if isinstance(right, str) else right


def test_the_browser_sorts_as_the_bytes_do(page):
    """Signs above U+FFFF are two halves in the browser, which by themselves would sort before U+FFFD."""
    ids = [f"{sign}{number}" for sign in ("\ufffd", "𠮷", "乙", "a") for number in range(400)]
    layer = Stratum("𠮷", pool(ids), at_least=20)
    told = public.announcement(DRAW_NO, {"name": "𠮷"}, [layer], NAMED, commitment(SALT, DRAW_NO))
    samples = draw([layer], seed(DRAW_NO, VALUE, SALT), after=3)
    data = text(public.bundle(told, [layer], randomness=VALUE, salt=SALT, samples=samples))
    assert named(data) == set() and set(in_browser(page, [data.decode()])[0].values()) == {True}


def test_without_a_secure_page_the_browser_says_what_to_do(page):
    says = page.evaluate(
        "async () => { const { run } = await import('/verify_draw.js');"
        " Object.defineProperty(globalThis, 'crypto', { value: {}, configurable: true });"
        " try { await run({}); } catch (wrong) { return wrong.message; } }"
    )
    assert "verify_draw.py" in says
