"""The patient's sheet: plain, whole, explained, and the same for as long as the plan stands."""

import re
from dataclasses import asdict, replace
from types import MappingProxyType
from typing import Any

import pytest

from guideline.edition import Edition, load_edition
from guideline.rules.options import OPTIONS as OPTION_RULES
from tests.treatment.pdf_text import pages_of, words
from tests.treatment.reading_level import grade
from tests.treatment.test_plan_pdf import FOLLOW_UP, maria, signed
from treatment.documents.sheet import sheet_document, sheet_pdf
from treatment.models import Paper, Plan
from treatment.presenters.sheet import SheetSaid, sheet_said, texts_of
from treatment.words import OPTIONS

SEVENTH_GRADE = 7.0
EDITION = load_edition()
KINDS = {item.kind: item.label for schedule in EDITION.schedules.values() for item in schedule.items}
EVERYTHING_DUE = [
    asdict(replace(FOLLOW_UP, title=label, kind=kind, due=f"{day} Jan 2027"))
    for day, (kind, label) in enumerate(KINDS.items(), start=1)
]


def said_of_option(option: str, edition: Edition = EDITION) -> SheetSaid:
    return sheet_said([(option, OPTIONS.get(option, option))], EVERYTHING_DUE, edition)


def text_of(plan: Plan, edition: Edition = EDITION) -> str:
    return "".join(pages_of(sheet_pdf(sheet_document(plan, maria(), edition))))


def reworded() -> Edition:
    """An edition whose words for radiation and for every other option are others."""
    changed = {
        key: replace(entry, title="Something else", what=entry.what[:1])
        for key, entry in EDITION.plain_language.items()
        if entry.about == "option"
    }
    return replace(EDITION, plain_language=MappingProxyType({**EDITION.plain_language, **changed}))


@pytest.mark.parametrize("option", [*OPTIONS, "never_heard_of"])
def test_a_sheet_asks_for_seven_years_of_school_at_most(option: str) -> None:
    said = replace(said_of_option(option), days=[])
    assert grade(list(texts_of(said))) <= SEVENTH_GRADE


@pytest.mark.parametrize(
    "entry",
    [entry for entry in EDITION.plain_language.values() if entry.about != "word"],
    ids=lambda e: e.key,
)
def test_no_part_of_a_sheet_is_harder_than_the_whole_may_be(entry: Any) -> None:
    assert grade([sentence.text for sentence in entry.sentences]) <= SEVENTH_GRADE


def test_a_hard_text_is_counted_as_hard() -> None:
    hard = "Autologous transplantation necessitates antecedent mobilization of haematopoietic progenitors."
    assert grade([hard]) > SEVENTH_GRADE


@pytest.mark.parametrize("option", [*OPTIONS, "never_heard_of"])
def test_every_abbreviation_on_a_sheet_is_explained_on_it(option: str) -> None:
    said = said_of_option(option)
    used = {word for text in texts_of(said) for word in re.findall(r"\b[A-Z]{2,}\b", text)}
    assert used
    assert used == {word.word for word in said.words}


def test_every_option_of_the_guideline_is_explained_with_what_it_is_and_how_it_is_given() -> None:
    for option in OPTION_RULES:
        entry = EDITION.plain_language[option.id]
        assert entry.about == "option"
        assert entry.what
        assert entry.how


def test_what_nobody_wrote_words_for_is_named_as_the_plan_names_it_and_left_to_the_team() -> None:
    [treatment] = sheet_said([("other", "Daratumumab in a trial")], [], EDITION).treatments
    assert treatment.title == "Daratumumab in a trial"
    assert "no text of its own" in treatment.what[0].text


def test_radiation_beside_a_sequence_is_no_step_of_it() -> None:
    said = sheet_said([("asct", "Transplantation")], [], EDITION, adjunct_radiation=True)
    assert [one.beside for one in said.treatments] == [False, True]
    plan = signed(options=["asct"], adjunct_radiation=True)
    assert words("Also: Radiation beside the drugs") in text_of(plan)


def test_examinations_of_one_day_stand_together_and_each_is_explained_once() -> None:
    twice = [asdict(replace(FOLLOW_UP, kind=kind, due=due)) for due in ("1 Jan", "1 Feb") for kind in KINDS]
    said = sheet_said([], twice, EDITION)
    assert [day.day for day in said.days] == ["1 Jan", "1 Feb"]
    assert len(said.days[0].titles) == len(said.examinations) == len(KINDS)


def test_an_examination_frozen_without_its_kind_is_known_by_its_title() -> None:
    older = {key: value for key, value in asdict(FOLLOW_UP).items() if key != "kind"}
    assert sheet_said([], [older], EDITION).days[0].titles == ["Blood test: VEGF"]


def test_an_examination_nobody_explained_keeps_its_own_title() -> None:
    item = asdict(replace(FOLLOW_UP, kind="sleep", title="Sleep study"))
    said = sheet_said([], [item], EDITION)
    assert said.days[0].titles == ["Sleep study"]
    assert said.examinations == []


def test_a_later_content_changes_no_sheet_that_was_frozen() -> None:
    plan = signed()
    plan.shown["sheet"] = asdict(sheet_said([("radiation", "Radiation")], plan.follow_ups, EDITION))
    assert text_of(plan, reworded()) == text_of(plan)
    del plan.shown["sheet"]
    assert "Somethingelse" in text_of(plan, reworded())


@pytest.mark.parametrize("paper", Paper)
def test_the_paper_says_every_sentence_the_phone_and_whose_it_is(paper: Paper) -> None:
    plan = signed(follow_ups=EVERYTHING_DUE)
    plan.hospital.phone = "+49 30 1234-567"
    document = sheet_document(plan, maria(), EDITION)
    pages = pages_of(sheet_pdf(document, paper))
    for page in pages:
        assert page.startswith("MariaSchulzborn14Feb1977")
        assert "+49301234-567" in page
    # A sentence may run over the edge of a page: its beginning is enough.
    for text in texts_of(document.said):
        assert words(text)[:25] in "".join(pages)


def test_without_a_number_the_sheet_says_to_ask_for_it() -> None:
    assert words("Ask the clinic for the number and write it here.") in text_of(signed())


def test_a_plan_without_dates_says_so() -> None:
    assert words("No visits are planned yet.") in text_of(signed(follow_ups=[]))


def test_the_sheet_claims_to_be_accessible_and_names_nobody_in_its_title() -> None:
    pdf = sheet_pdf(sheet_document(signed(), maria(), EDITION))
    assert b"<pdfuaid:part>1<" in pdf
    assert b"Information for the patient, plan 12, version 1" in pdf
    assert b"Schulz" not in pdf


def test_content_that_nobody_approved_is_marked_on_every_page() -> None:
    for page in pages_of(sheet_pdf(sheet_document(signed(), maria(), EDITION))):
        assert words("Not yet approved") in page
