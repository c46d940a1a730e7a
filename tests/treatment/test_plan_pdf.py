"""The document of a plan: every word that was frozen is on the paper, and nothing else gets in."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any
from unicodedata import category

import pytest
from hypothesis import given, settings, strategies as st

from accounts.models import Hospital, User
from guideline.decide import decide
from guideline.edition import load_edition
from patients.models import Patient
from tests.treatment.cases import CASES, DISSEMINATED, LOCALIZED
from tests.treatment.pdf_text import pages_of, words
from tests.treatment.wizard_driver import flat
from treatment.documents.compile import compile_pdf
from treatment.documents.plan import plan_document, plan_pdf
from treatment.documents.printable import printable, printable_characters
from treatment.facts import case_of
from treatment.models import Paper, Plan, PlanStanding
from treatment.presenters.decision import decision_shown
from treatment.presenters.evidence import fact_shown
from treatment.presenters.review import FactGroup, FollowUpShown, KnownFact

A_DAY = datetime(2026, 11, 24, 8, tzinfo=UTC)
FOLLOW_UP = FollowUpShown(
    title="VEGF, same specimen and laboratory",
    month=1,
    after="of treatment",
    anchor="Planned start of treatment",
    anchored_on="1 Dec 2026",
    earliest="22 Dec 2026",
    due="1 Jan 2027",
    latest="15 Jan 2027",
    sources="D",
    responsible="Bob Bauer",
)


def signed(case: Mapping[str, Any] = DISSEMINATED, **changes: Any) -> Plan:
    """A plan as signing freezes it, unsaved; one fact is not known."""
    edition = load_edition()
    facts = {path: value for path, value in flat(case).items() if value is not None}
    decision = decide(case_of(facts), edition)
    known = [KnownFact(fact_shown(path, value), is_known=True, origin="") for path, value in facts.items()]
    unknown = KnownFact(fact_shown("prior.asct", None), is_known=False, origin="")
    group = FactGroup("Facts", [*known, unknown], has_known=True)
    shown = {"decision": asdict(decision_shown(decision, edition)), "facts": [asdict(group)]}
    values: dict[str, Any] = {
        "number": 12,
        "version": 1,
        "hospital": Hospital(name="Hospital A", time_zone="Europe/Berlin"),
        "signed_by": User(full_name="Alice Amann"),
        "signed_at": A_DAY,
        "shown": shown,
        "engine": decision.engine,
        "content_id": decision.content.id,
        "content_version": decision.content.version,
        "content_status": decision.content.status,
        "facts_sha256": decision.facts_sha256,
        "options": [decision.options[0].id],
        "reason": "as_recommended",
        "follow_ups": [asdict(FOLLOW_UP)],
    }
    plan = Plan(**values | changes)
    PlanStanding(plan=plan)
    return plan


def maria(**changes: Any) -> Patient:
    values = {
        "given_name": "Maria",
        "family_name": "Schulz",
        "birth_date": date(1977, 2, 14),
        "record_number": "A-1001",
    }
    return Patient(**values | changes)


def printed(plan: Plan, patient: Patient | None = None, paper: str = Paper.A4) -> bytes:
    return plan_pdf(plan_document(plan, patient or maria()), paper)


def text_of(plan: Plan, patient: Patient | None = None) -> str:
    return "".join(pages_of(printed(plan, patient)))


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_every_argument_of_every_option_is_printed_with_what_speaks_against_it(case: Any) -> None:
    plan = signed(case)
    text = "".join(page.split("version1", 1)[1] for page in _without_edges(printed(plan)))
    for option in plan.shown["decision"]["options"]:
        assert words(option["label"]) in text
        for argument in option["in_favour_of"] + option["against"]:
            assert words(argument["text"]) in text
            for counter in argument["counter_evidence"]:
                assert words(counter["text"]) in text


def _without_edges(pdf: bytes) -> list[str]:
    """The pages without the line at their foot, so that a sentence across two pages stays whole."""
    stripe = words("Guideline content not approved: version 2026.11, under review")
    return [f"version1{page.split('HospitalA·')[0].split(stripe, 1)[-1]}" for page in pages_of(pdf)]


def test_each_page_says_whose_it_is_which_plan_and_which_page() -> None:
    pages = pages_of(printed(signed()))
    for number, page in enumerate(pages, start=1):
        assert page.startswith("MariaSchulzborn14Feb1977recordnumberA-1001Plan12,version1")
        assert page.endswith(f"Page{number}of{len(pages)}")


def test_each_page_says_that_the_content_is_not_approved() -> None:
    for page in pages_of(printed(signed())):
        assert words("Guideline content not approved: version 2026.11") in page


def test_approved_content_carries_no_stripe() -> None:
    plan = signed(content_status="approved")
    plan.shown["decision"]["approved"] = True
    assert "notapproved" not in text_of(plan)


@pytest.mark.parametrize(
    "sentence",
    [
        "Signed by Alice Amann on 24 November 2026",
        "As recommended: The board agreed.",
        "Earlier treatment: autologous stem cell transplantation",
        "1 Jan 2027",
        "22 Dec 2026 to 15 Jan 2027",
        "Bob Bauer. Counted from: Planned start of treatment, 1 Dec 2026.",
        "Fingerprint of the facts",
        "Signatures",
    ],
)
def test_decision_unknowns_dates_and_signature_lines_are_printed(sentence: str) -> None:
    assert words(sentence) in text_of(signed(reason_text="The board agreed."))


def test_every_source_is_written_out_once() -> None:
    text = text_of(signed())
    assert text.count("Thalidomide for POEMS syndrome (J-POST).".replace(" ", "")) == 1


def test_a_year_alone_is_printed_as_a_year() -> None:
    patient = maria(birth_date=date(1977, 1, 1), birth_precision="year")
    assert "born1977record" in text_of(signed(), patient)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('#read("/etc/passwd")', '#read("/etc/passwd")'),
        ("] $x$ *b* _i_ `c` <l> @r \\ // /*", "] $x$ *b* _i_ `c` <l> @r \\ // /*"),
        ("Şahin Łukasz Nguyễn", "Şahin Łukasz Nguyễn"),
        ("Ελένη Мария", "Ελένη Мария"),
        ("李小龙", "李小龙"),
        ("山田さくら", "山田さくら"),
        ("김민수", "김민수"),
        ("สมชาย", "สมชาย"),
        ("முருகன்", "முருகன்"),
        ("ნინო", "ნინო"),
        ("አበበ", "□□□"),
        ("Nguye\N{COMBINING CIRCUMFLEX ACCENT}\N{COMBINING TILDE}n", "Nguyễn"),
        ("A\N{DEVANAGARI VOWEL SIGN AA}", "A□"),
        ("Maria \N{GRINNING FACE}", "Maria □"),
        ("a\u202eb\u200dc", "abc"),
        ("\x00\x07", "□□"),
    ],
)
def test_a_name_is_printed_as_text_or_marked(typed: str, shown: str) -> None:
    text = text_of(signed(), maria(given_name=typed))
    assert text.startswith(words(f"{shown} Schulz born"))
    assert ("□standsforaletter" in text) == ("□" in shown)


def test_letters_that_are_written_from_right_to_left_are_all_there() -> None:
    typed = "محمد שרה"
    assert set(words(typed)) <= set(text_of(signed(), maria(given_name=typed)))


@pytest.mark.parametrize("typed", ["श्रीकांत", "অর্জুন", "ใจดี", "லக்ஷ்மி"])
def test_letters_that_join_are_all_there(typed: str) -> None:
    text = text_of(signed(), maria(given_name=typed))
    assert set(typed) <= set(text)
    assert "□" not in text


MARKS = [letter for letter in sorted(printable_characters()) if category(letter).startswith("M")]
MARKS += ["\N{THAI CHARACTER SARA AM}", "\N{LAO VOWEL SIGN AM}"]


def test_every_listed_character_can_be_printed() -> None:
    listed = " ".join(sorted(printable_characters() - {*MARKS, "□"}))
    assert "□" not in printable(listed)
    assert printed(signed(LOCALIZED, reason_text=listed)).startswith(b"%PDF")


@settings(max_examples=25, deadline=None)
@given(st.text(st.sampled_from(sorted(printable_characters())) | st.sampled_from(MARKS), max_size=200))
def test_any_pile_of_marks_compiles(text: str) -> None:
    assert printed(signed(LOCALIZED, reason_text=text)).startswith(b"%PDF")


POINTS = "\u05b1\u05c2\ufb1e\u05ba\u05bc"


def test_points_that_no_font_piles_up_are_marked_and_the_letters_stay() -> None:
    text = text_of(signed(reason_text=f"שרה ש{POINTS} Şahin"))
    assert set("שרה") <= set(text)
    assert "Şahin" in text
    assert "□standsforaletter" in text


def test_letters_that_no_font_joins_are_marked_and_the_plan_is_made() -> None:
    strange = "\u05f0\ufb2f\u05c7\ufb2b\u05ef\ufb23"
    assert "Schulz" in text_of(signed(reason_text=strange), maria(given_name=strange))


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(min_codepoint=0x590, max_codepoint=0x6FF), max_size=80))
def test_any_pile_of_hebrew_and_arabic_compiles(text: str) -> None:
    assert printed(signed(LOCALIZED, reason_text=text)).startswith(b"%PDF")


def test_what_was_typed_as_reason_is_never_markup() -> None:
    text = text_of(signed(reason="new_evidence", reason_text='Trial #5] "quoted" \\ $1'))
    assert words('New evidence: Trial #5] "quoted" \\ $1') in text


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200))
def test_any_text_compiles(text: str) -> None:
    assert printed(signed(LOCALIZED, reason_text=text)).startswith(b"%PDF")


def test_a_very_long_name_stays_on_the_page() -> None:
    patient = maria(given_name="Anna-Maria " * 9, family_name="Schulz-Wiesengrund " * 5)
    assert words("record number A-1001") in pages_of(printed(signed(), patient))[0]


def test_the_papers_differ_and_each_is_made_the_same_again() -> None:
    a4, letter = printed(signed()), printed(signed(), paper=Paper.LETTER)
    assert b"/MediaBox[0 0 595.2756 841.8898]" in a4
    assert b"/MediaBox[0 0 612 792]" in letter
    assert printed(signed()) == a4


def test_the_file_claims_to_be_accessible_and_names_nobody() -> None:
    pdf = printed(signed())
    for claim in (b"<pdfuaid:part>1<", b"<pdfaid:part>2<", b"/StructTreeRoot", b"/Lang(en)"):
        assert claim in pdf
    assert b"Treatment plan 12, version 1" in pdf
    assert b"Schulz" not in pdf


def test_text_is_composed_before_letters_are_looked_up() -> None:
    assert printable("e\N{COMBINING ACUTE ACCENT}") == "é"


def test_typst_reads_nothing_outside_of_its_folder() -> None:
    with pytest.raises(RuntimeError, match="project root"):
        compile_pdf("../facts.py", {}, paper=Paper.A4, at=A_DAY)
