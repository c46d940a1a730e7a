"""The panel beside the questions: what the answers so far lead to, and what the last one changed."""

from collections.abc import Mapping
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.treatment.cases import LOCALIZED
from tests.treatment.wizard_driver import Wizard

# Of these the panel uses two: the draft and its answers.
QUERIES_BEYOND_THE_SHELL = 12
QUERIES_OF_THE_SHELL = 9


def asked_anew(wizard: Wizard, seen: Mapping[str, str]) -> str:
    response = wizard.client.post(wizard.url("so-far"), seen, headers={"HX-Request": "true"})
    assert response.status_code == 200
    return unescape(response.content.decode())


def answered(wizard: Wizard, step: str, question: str, value: str) -> str:
    """The panel after an answer, asked for as the page does: with what it said before."""
    name = question.replace(".", "-")
    seen = {key: word for key, word in wizard.versions(step).items() if key.startswith("seen-")}
    response = wizard.answer(step, question, {name: value})
    assert response.headers["HX-Trigger"] == '{"answered": {}}'
    return asked_anew(wizard, seen)


@pytest.fixture
def begun(wizard: Wizard) -> Wizard:
    """The woman of 49 in her first line; nothing else is answered."""
    wizard.post("course", {"line": "first"})
    return wizard


def test_nothing_is_said_before_the_position_in_the_course_is_known(wizard: Wizard) -> None:
    page = wizard.page("course")
    assert "Say first where the patient is in the course; everything else depends on it." in page
    assert 'id="live-said"' in page


def test_the_page_itself_holds_the_panel_without_javascript(begun: Wizard) -> None:
    begun.post("disease", {"extent-clonal_marrow_plasma_cells": "true"})
    page = begun.page("disease")
    assert "<strong>Disseminated</strong>" in page
    assert "unknown facts could change this" in page


def test_an_answer_brings_the_panel_and_says_what_it_changed(begun: Wizard) -> None:
    answer = answered(begun, "disease", "extent.clonal_marrow_plasma_cells", "true")
    assert "was Undetermined" in answer
    assert "Extent is now Disseminated, was Undetermined." in answer
    assert 'hx-swap-oob="innerHTML:#live-said"' in answer


def test_an_answer_that_changes_nothing_is_not_announced(begun: Wizard) -> None:
    answer = answered(begun, "disease", "diagnosis.skin_changes", "true")
    assert '<div hx-swap-oob="innerHTML:#live-said"></div>' in answer
    assert "live-was" not in answer


def test_the_first_answer_of_all_changes_nothing_that_was_there(wizard: Wizard) -> None:
    answer = answered(wizard, "course", "line", "first")
    assert "<strong>Undetermined</strong>" in answer
    assert "live-was" not in answer


def test_an_option_that_leaves_the_question_is_still_named_once(begun: Wizard) -> None:
    begun.post("disease", {"extent-bone_lesion_count": "2", "extent-whole_body_imaging": "true"})
    answer = answered(begun, "disease", "extent.clonal_marrow_plasma_cells", "true")
    assert "Radiation as the sole treatment" in answer
    assert "Excluded" in answer


def test_a_refused_answer_asks_for_no_new_panel(begun: Wizard) -> None:
    response = begun.answer("disease", "extent.bone_lesion_count", {"extent-bone_lesion_count": "many"})
    assert response.status_code == 422
    assert "HX-Trigger" not in response.headers


@pytest.mark.parametrize("nonsense", ["", "elsewhere", "\x00", "9" * 5000])
def test_words_the_guideline_does_not_know_are_no_change(begun: Wizard, nonsense: str) -> None:
    names = ("extent", "pathway", "radiation", "missing")
    assert "live-was" not in asked_anew(begun, {f"seen-{name}": nonsense for name in names})


def test_a_change_by_somebody_else_is_a_change_for_who_looks(begun: Wizard) -> None:
    assert "was Localized" in asked_anew(begun, {"seen-extent": "localized"})


def test_the_panel_stores_nothing_and_has_a_fixed_number_of_queries(begun: Wizard) -> None:
    with CaptureQueriesContext(connection) as captured:
        asked_anew(begun, {"seen-extent": "localized"})
    assert len(captured) <= QUERIES_OF_THE_SHELL + QUERIES_BEYOND_THE_SHELL
    assert [one["sql"] for one in captured if 'UPDATE "treatment' in one["sql"]] == []
    assert [one["sql"] for one in captured if 'INTO "treatment' in one["sql"]] == []


def test_localized_disease_leads_to_radiation_in_the_panel(wizard_for) -> None:
    wizard = wizard_for(LOCALIZED)
    wizard.enter(LOCALIZED)
    page = wizard.page("fitness")
    assert "<strong>Localized</strong>" in page
    assert "No unknown fact would change this" in page
