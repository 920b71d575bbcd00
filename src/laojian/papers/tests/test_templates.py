"""The templates of law/papers: all sound, all complete when the facts are; a wrong one is refused with its line."""

import shutil
from pathlib import Path

import pytest

from laojian.lawbook import law
from laojian.papers.blocks import texts, unfilled
from laojian.papers.fill import described, fill, missing, numbered
from laojian.papers.filters import bare, dialogue, ended
from laojian.papers.template import TemplateError, load_templates

from .facts import NASTY, complete

FOLDER = Path(__file__).resolve().parents[4] / "law" / "papers"
CODES = sorted(path.stem for path in FOLDER.glob("[a-z]*.md"))
GOOD = (FOLDER / "suggestion_letter.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", CODES)
def test_with_every_fact_nothing_is_open(templates, code):
    template = templates[code]
    facts = complete(template)
    assert missing(template, facts) == []
    assert all("待填" not in text for text in texts(fill(template, facts)))


@pytest.mark.parametrize("code", CODES)
def test_without_facts_it_is_drafted_and_says_what_it_lacks(templates, code):
    template = templates[code]
    blocks = fill(template, {})
    assert set(unfilled(blocks)) <= set(missing(template, {}))
    assert bool(template.required) <= bool(missing(template, {}))


@pytest.mark.parametrize("code", CODES)
def test_what_a_name_holds_changes_no_structure(templates, code):
    template = templates[code]
    facts = complete(template)
    plain = fill(template, facts)
    for holder in ("employer", "addressee", "source", "dossier"):
        for key, said in facts[holder].items():
            if said.startswith("某"):
                facts[holder][key] = NASTY
    nasty = fill(template, facts)
    assert [(b.kind, len(b.rows), b.widths) for b in nasty] == [(b.kind, len(b.rows), b.widths) for b in plain]


@pytest.mark.parametrize("code", CODES)
def test_outgoing_papers_carry_head_and_seal_and_records_a_signature_on_every_page(templates, code):
    template = templates[code]
    kinds = [block.kind for block in fill(template, complete(template))]
    if template.kind == "external":
        assert kinds.count("head") == 1 and kinds.count("seal") >= 1
    if template.layout == "record":
        assert "page_sign" in kinds and "sign" in kinds


def test_the_informant_has_no_name_in_the_vocabulary(templates):
    for template in templates.values():
        assert "informant" not in str(template.schema.names.keys())
        assert not {"informant_name", "informant_phone", "id_number"} & set(described(template))


DECISIONS = ("penalty_decision", "treatment_decision", "no_penalty_decision", "correction_order", "decline_notice")


@pytest.mark.parametrize("code", DECISIONS)
def test_the_body_of_reconsideration_is_that_of_the_day(templates, code):
    """Since 2024-01-01 only the government of the same level (arl-24); before, that or the superior department."""
    for on, either in (("2023-12-31", True), ("2024-01-01", False)):
        facts = complete(templates[code], on)
        facts["bureau"] |= {"reconsideration": "虚构区人民政府", "superior": "虚构市局", "court": "虚构区人民法院"}
        said = "".join(texts(fill(templates[code], facts)))
        assert "虚构区人民政府" in said and "虚构区人民法院" in said
        assert ("虚构市局" in said) is either


def test_a_penalty_decision_has_what_the_act_demands(templates):
    """apl-59: party, facts and evidence, kind and basis, manner and term, remedies, agency and date (the seal's)."""
    facts = complete(templates["penalty_decision"])
    facts["bound"] = [{"addressee": "虚构公司", "kind": "fine", "amount": "15000"}]
    said = "".join(texts(fill(templates["penalty_decision"], facts)))
    for part in (
        "某受文人",
        "某受文人住所",
        "证明某证明内容",
        "某处罚依据",
        "某处罚种类和内容",
        "15日内",
        "60日内",
        "6个月内",
    ):
        assert part in said
    assert "对虚构公司处罚款人民币壹万伍仟元整（¥15,000.00）" in said


def test_the_law_of_the_step_is_cited(templates):
    early, late = (
        "".join(texts(fill(templates["penalty_notice"], complete(templates["penalty_notice"], on))))
        for on in ("2021-07-14", "2021-07-15")
    )
    assert "第三十一条" in early and "第四十四条" not in early and "3日内书面提出" in early
    assert "第四十四条" in late and "5个工作日内书面提出" in late


def test_a_provisional_period_is_never_printed_as_a_date(templates):
    facts = complete(templates["acceptance_notice"])
    clock = {"label": "调查期限", "started_on": "2026-11-23", "due_on": "2027-02-24", "provisional": True,
             "basis": "《劳动保障监察条例》第十七条", "length": 60, "unit": "working_day"}  # fmt: skip
    for unsure, shown in ((True, False), (False, True)):
        facts["clocks"] = {"investigate": {**clock, "provisional": unsure}}
        said = "".join(texts(fill(templates["acceptance_notice"], facts)))
        assert ("2027年2月24日" in said) is shown
        assert ("第60个工作日" in said and "另行告知" in said) is unsure


def test_a_sheet_shows_only_the_steps_that_sign_for_it(templates):
    facts = complete(templates["filing_approval"])
    took = [("propose_filing", "甲"), ("ask_extension", "乙"), ("propose_closing", "丙")]
    facts["approvals"] = [{"verb": v, "name": n, "post": "监察员", "at": "2026-12-01T09:00:00+08:00"} for v, n in took]
    facts["step"]["verb"], facts["by"] = "file", {"name": "丁", "post": "负责人"}
    facts["given"]["opinion"] = "同意立案"
    rows = [row for block in fill(templates["filing_approval"], facts) for row in block.rows]
    signed = [cell.text for row in rows for cell in row if "签名：" in cell.text]
    assert len(signed) == 2
    assert "签名：甲（监察员）" in signed[0] and signed[1].startswith("同意立案\n签名：丁（负责人）")
    assert not any("乙" in cell or "丙" in cell for cell in signed)


def test_numbers(templates):
    assert numbered("宝人社监", templates["correction_order"], 2026, 44) == "宝人社监改〔2026〕44号"
    assert numbered("宝人社监", templates["inquiry_record"], 2026, 1) == ""


BROKEN = [
    ("kind: external", "kind: 外部", 4, "kind"),
    ("layout: letter", "layout: fancy", 5, "layout"),
    ("number_word: 建", "number: 建", 1, "number_word"),
    ("basis: [lsr-10]", "basis: [lsr-999]", 7, "lsr-999"),
    ("required: [given.problems, given.advice]", "required: [given.nothing]", 8, "given.nothing"),
    ("code: suggestion_letter", "code: other", 2, "code"),
    ("seal: true", "seal: false", 12, "送达"),
    ("{{ given.problems|ended }}", "{{ given.problem }}", 20, "problem"),
    ("{{ given.problems|ended }}", "{{ nobody.name }}", 20, "nobody"),
    ("{{ given.problems|ended }}", "{{ employer.name.upper() }}", 20, "没有下一级"),
    ("{{ given.problems|ended }}", "{{ given.problems|safe }}", 20, "safe"),
    ("{{ given.problems|ended }}", "{% if %}", 20, "语法"),
    ("{{ given.problems|ended }}", '{% include "_none.md" %}', 20, "_none.md"),
    ("{{ given.problems|ended }}", '{{ cite("lsr-999") }}', 20, "lsr-999"),
    ("{{ given.problems|ended }}", "@sealed x", 20, "@sealed"),
    ("given: {problems", "given: {[problems", 9, "YAML"),
]


@pytest.mark.parametrize(("old", "new", "line", "said"), BROKEN)
def test_a_wrong_template_is_refused_with_its_line(tmp_path, old, new, line, said):
    for part in (*FOLDER.glob("_*.md"), FOLDER / "vocabulary.yaml"):
        shutil.copy(part, tmp_path)
    assert old in GOOD
    (tmp_path / "suggestion_letter.md").write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(TemplateError, match=said) as refused:
        load_templates(tmp_path, law().articles)
    assert str(refused.value).startswith(f"suggestion_letter.md 第 {line} 行")


@pytest.mark.parametrize("wrong", [{"bound": [{"kind": "fine", "amount": "一百"}]}, {"given": {"decided": ["甲"]}}])
def test_a_fact_that_cannot_be_written_is_told(templates, wrong):
    facts = complete(templates["penalty_decision"]) | wrong
    with pytest.raises(TemplateError, match="行政处罚决定书"):
        fill(templates["penalty_decision"], facts)


@pytest.mark.parametrize(
    ("typed", "sentence", "within"),
    [("欠薪", "欠薪。", "欠薪"), ("欠薪。", "欠薪。", "欠薪"), ("欠薪；", "欠薪；", "欠薪")],
)
def test_a_stop_stands_once_whatever_was_typed(typed, sentence, within):
    assert (ended(typed), bare(typed)) == (sentence, within)


def test_questions_and_answers_are_read_from_lines():
    pairs = dialogue("问：几月？\n答：三月。\n还有四月。\n问:多少？")
    assert pairs == [{"question": "几月？", "answer": "三月。\n还有四月。"}, {"question": "多少？", "answer": ""}]
