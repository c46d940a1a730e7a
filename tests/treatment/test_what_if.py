"""What if a fact were another one: decided again, every difference named, nothing stored."""

import re
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from tests.treatment.cases import AFTER_RADIATION, DISSEMINATED, LOCALIZED
from tests.treatment.wizard_driver import Wizard


@pytest.fixture
def localized(wizard_for) -> Wizard:
    wizard = wizard_for(LOCALIZED)
    wizard.enter(LOCALIZED)
    return wizard


def controls(wizard: Wizard) -> dict[str, str]:
    """Every control of the page with its value, as a browser would send them."""
    response = wizard.client.get(wizard.url("what-if"))
    return {
        field.name: next((code for code, _, chosen in field.choices if chosen), field.typed)
        for group in response.context["field_groups"]
        for field in group.fields
    }


def tried(wizard: Wizard, **changes: str) -> HttpResponse:
    data = controls(wizard) | {name.replace("__", "-"): value for name, value in changes.items()}
    return wizard.client.post(wizard.url("what-if"), data)


def words(response: HttpResponse) -> str:
    return unescape(response.content.decode())


def everything() -> dict[str, list[Any]]:
    """Every row that planning keeps, history included."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in apps.get_app_config("treatment").get_models()
    }


def test_the_page_begins_with_the_facts_as_they_are(localized: Wizard) -> None:
    found = controls(localized)
    assert found["extent-bone_lesion_count"] == "1"
    assert found["patient-age_years"] == "52"
    assert found["extent-clonal_marrow_plasma_cells"] == "false"
    assert found["workup-thyroid_tested"] == "unknown"


def test_a_clonal_marrow_would_turn_radiation_into_systemic_treatment(localized: Wizard) -> None:
    response = tried(localized, extent__clonal_marrow_plasma_cells="true")
    comparison = response.context["comparison"]
    assert [(one.label, one.now, one.then) for one in comparison.findings] == [
        ("Extent", "Localized", "Disseminated"),
        ("Pathway", "Radiation", "Systemic treatment"),
    ]
    status = {one.row.option.id: (one.was, one.row.option.status) for one in comparison.options}
    assert status["radiation"] == ("Preferred", "excluded")
    assert "systemic-mandatory" in [one.advisory.id for one in comparison.advisories]
    assert "systemic treatment is mandatory" in words(response)


def test_a_fact_taken_away_is_not_known(localized: Wizard) -> None:
    comparison = tried(localized, extent__whole_body_imaging="unknown").context["comparison"]
    assert ("Extent", "Localized", "Undetermined") in [
        (one.label, one.now, one.then) for one in comparison.findings
    ]
    assert "Whole skeleton imaged" in comparison.asked_more


def test_nothing_changed_says_so(localized: Wizard) -> None:
    assert "These are the facts as they are" in words(tried(localized))


def test_a_change_without_effect_says_so(localized: Wizard) -> None:
    assert "Nothing would change" in words(tried(localized, diagnosis__organomegaly="true"))


def test_none_found_is_not_the_same_as_not_known(localized: Wizard) -> None:
    data = controls(localized) | {"extent-bone_lesion_count": "", "extent-bone_lesion_count-none": "on"}
    response = localized.client.post(localized.url("what-if"), data)
    assert [one.then for one in response.context["changed"]] == ["None found"]
    assert [one.then for one in tried(localized, extent__bone_lesion_count="").context["changed"]] == [
        "not known"
    ]


def test_facts_that_cannot_stand_together_get_the_sentence_of_the_guideline(localized: Wizard) -> None:
    response = tried(localized, patient__pregnancy="yes")
    assert response.status_code == 422
    assert "comparison" not in response.context
    assert "These facts cannot stand together" in words(response)


@pytest.mark.parametrize("typed", ["many", "-1", "501", "1" * 5000, "\x00", "0"])
def test_what_cannot_be_read_is_said_and_stays(localized: Wizard, typed: str) -> None:
    response = tried(localized, extent__bone_lesion_count=typed)
    if typed == "\x00":
        assert response.status_code == 200
    else:
        assert response.status_code == 422
        assert "Plasma-cell bone lesions:" in words(response)


def test_facts_of_the_draft_that_no_longer_matter_are_left_out(wizard_for) -> None:
    wizard = wizard_for(AFTER_RADIATION)
    wizard.enter(AFTER_RADIATION)
    response = tried(wizard, line="first")
    assert response.status_code == 200


def test_nothing_is_stored(localized: Wizard) -> None:
    before = everything()
    with CaptureQueriesContext(connection) as captured:
        tried(localized, extent__clonal_marrow_plasma_cells="true")
    assert everything() == before
    # The history's own words come before a write, so it may stand anywhere in the statement.
    writes = re.compile('(UPDATE|INSERT INTO|DELETE FROM) "treatment_')
    assert [one["sql"] for one in captured if writes.search(one["sql"])] == []


def test_the_page_is_marked_and_names_a_way_back(localized: Wizard) -> None:
    page = localized.page("what-if")
    assert "What if: never saved." in page
    assert f'href="{localized.url("options")}"' in page


def test_htmx_gets_the_result_alone(localized: Wizard) -> None:
    response = localized.client.post(
        localized.url("what-if"), controls(localized), headers={"HX-Request": "true"}
    )
    assert "<html" not in response.content.decode()


def test_before_the_position_in_the_course_there_is_nothing_to_try(wizard: Wizard) -> None:
    response = wizard.client.get(wizard.url("what-if"))
    assert response.headers["Location"] == wizard.url("course")


def test_the_options_page_leads_to_the_fact(wizard: Wizard) -> None:
    wizard.enter(DISSEMINATED)
    assert f"{wizard.url('what-if')}#fact-extent-clonal_marrow_plasma_cells" in wizard.page("options")
