"""Choosing: what stands beside the options, what goes with them, and the event that each choice leaves."""

import re

import pytest

from tests.personas import PASSWORD
from tests.treatment.cases import DISSEMINATED
from tests.treatment.wizard_driver import Wizard
from treatment.choice import QUESTION
from treatment.models import Answer, ChoiceEvent, Plan

NAMES = {"other_regimen": "Daratumumab-cyclophosphamide", "clinical_trial": "NCT00000000", "no_treatment": ""}


@pytest.fixture
def entered(wizard: Wizard) -> Wizard:
    wizard.enter(DISSEMINATED)
    return wizard


@pytest.mark.parametrize(("option", "name"), NAMES.items())
def test_what_stands_beside_the_options_is_chosen_with_a_reason(
    entered: Wizard, option: str, name: str
) -> None:
    assert entered.choose(option, name=name, reason="patient_preference").status_code == 302
    assert Answer.objects.get(question=QUESTION).value["options"] == [option]


@pytest.mark.parametrize("option", NAMES)
def test_beside_the_options_nothing_is_recommended(entered: Wizard, option: str) -> None:
    response = entered.choose(option, name="X", reason="as_recommended")
    assert response.status_code == 422


@pytest.mark.parametrize("option", ["other_regimen", "clinical_trial"])
def test_another_regimen_and_a_trial_have_to_be_named(entered: Wizard, option: str) -> None:
    response = entered.choose(option, name=" ", reason="patient_preference")
    assert response.status_code == 422
    assert "Name the" in response.content.decode()


def test_a_trial_has_its_reason_preset(entered: Wizard) -> None:
    entered.post("options", {"choose": "clinical_trial"}, go="")
    assert re.search(r'value="clinical_trial"[^>]* checked', entered.page("options"))


def test_following_leaves_an_event_without_arguments_overridden(entered: Wizard) -> None:
    entered.choose("lenalidomide_dex")
    event = ChoiceEvent.objects.get()
    assert (event.kind, event.option, event.status) == ("follows", "lenalidomide_dex", "preferred")
    assert (event.overridden, event.recorded_by.full_name) == ([], "Alice Amann")


def test_leaving_keeps_the_status_and_the_arguments_overridden(entered: Wizard) -> None:
    entered.choose("melphalan_dex", reason="tumor_board_decision", text="Board of 3 May")
    event = ChoiceEvent.objects.get()
    assert (event.kind, event.status) == ("leaves", "not_recommended")
    assert any("stem-cell harvest" in one["text"] for one in event.overridden)
    assert (event.reason, event.text) == ("tumor_board_decision", "Board of 3 May")


def test_a_second_choice_is_a_second_event_and_a_double_click_is_none(entered: Wizard) -> None:
    entered.choose("melphalan_dex", reason="toxicity")
    entered.post("options", {"reason": "toxicity", "confirm": "1"}, go="")
    assert ChoiceEvent.objects.count() == 1
    entered.choose("lenalidomide_dex")
    assert ChoiceEvent.objects.count() == 2


def test_adjunct_radiation_goes_beside_a_systemic_plan(entered: Wizard) -> None:
    entered.choose("lenalidomide_dex", adjunct_radiation="on")
    assert Answer.objects.get(question=QUESTION).value["adjunct_radiation"]
    assert list(ChoiceEvent.objects.order_by("place").values_list("option", "kind")) == [
        ("lenalidomide_dex", "follows"),
        ("adjunct_radiation", "beside"),
    ]


@pytest.mark.parametrize("option", ["radiation", "no_treatment"])
def test_radiation_is_no_adjunct_of_itself_nor_of_nothing(entered: Wizard, option: str) -> None:
    entered.choose(option, adjunct_radiation="on", reason="patient_preference")
    assert not Answer.objects.get(question=QUESTION).value["adjunct_radiation"]


def test_another_regimen_reaches_the_signed_plan_and_its_page(entered: Wizard) -> None:
    name = NAMES["other_regimen"]
    entered.choose("other_regimen", name=name, reason="not_available", adjunct_radiation="on", then="on")
    entered.settle_dates(transplant_day="2026-12-01")
    entered.sign(PASSWORD)
    plan = Plan.objects.get()
    assert (plan.options, plan.option_name) == (["other_regimen", "asct"], name)
    page = entered.client.get(f"/patients/{plan.patient_id}/plans/signed/{plan.pk}/").content.decode()
    assert f"Another regimen: {name}" in page
    assert "with adjunct radiation" in page
