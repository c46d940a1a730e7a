"""The absolute exception: lenalidomide in possible pregnancy needs a second clinician."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import Membership
from tests.personas import PASSWORD, House, member, signed_in
from tests.treatment.cases import POSSIBLY_PREGNANT
from tests.treatment.wizard_driver import Wizard
from treatment.models import AbsoluteException, Answer, ChoiceEvent, Plan

WHY = "No other regimen can be had; contraception is agreed."


@pytest.fixture
def bob(house: House) -> Membership:
    return member("Bob Bauer", house.a, ["clinician"])


@pytest.fixture
def asked(wizard_for: Callable[[Any], Wizard]) -> Wizard:
    """Alice chose lenalidomide for a woman who may be pregnant, and settled the dates."""
    wizard = wizard_for(POSSIBLY_PREGNANT)
    wizard.enter(POSSIBLY_PREGNANT)
    wizard.choose("lenalidomide_dex", reason="not_available", text=WHY)
    wizard.settle_dates(line_start="2026-12-01")
    return wizard


def answered(client: Client, wizard: Wizard, answer: str = "confirmed", **more: str) -> HttpResponse:
    exception = AbsoluteException.objects.latest("recorded_at")
    url = f"/patients/{wizard.patient.pk}/plans/exceptions/{exception.pk}/"
    return client.post(url, {"answer": answer, "secret": PASSWORD, "text": ""} | more)


def test_it_needs_words_before_anybody_is_asked(wizard_for: Callable[[Any], Wizard]) -> None:
    wizard = wizard_for(POSSIBLY_PREGNANT)
    wizard.enter(POSSIBLY_PREGNANT)
    assert wizard.choose("lenalidomide_dex", reason="not_available").status_code == 422
    assert not AbsoluteException.objects.exists()


def test_it_cannot_be_signed_before_a_second_clinician_confirmed(asked: Wizard) -> None:
    assert "a second clinician has to confirm it" in asked.page("sign")
    assert asked.sign(PASSWORD).status_code == 422
    assert not Plan.objects.exists()


def test_the_second_clinician_finds_it_and_reads_option_argument_and_words(
    asked: Wizard, bob: Membership
) -> None:
    client = signed_in(bob)
    assert asked.patient.full_name in client.get("/confirmations/").content.decode()
    assert (
        "You are asked as the second clinician"
        in client.get(f"/patients/{asked.patient.pk}/plans/").content.decode()
    )
    exception = AbsoluteException.objects.get()
    page = client.get(f"/patients/{asked.patient.pk}/plans/exceptions/{exception.pk}/").content.decode()
    for words in ("Lenalidomide and dexamethasone", "cause malformations", WHY, "Confirm in spite of it"):
        assert words in page


def test_whoever_asked_finds_nothing_to_answer(asked: Wizard) -> None:
    assert "Nothing waits for you" in asked.client.get("/confirmations/").content.decode()
    assert "Waits for a second clinician" in asked.page("options")


def test_confirmed_it_can_be_signed_and_the_plan_says_by_whom(asked: Wizard, bob: Membership) -> None:
    answered(signed_in(bob), asked)
    assert asked.sign(PASSWORD).status_code == 302
    plan = Plan.objects.get()
    assert plan.exception.answered_by == bob.user
    page = asked.client.get(f"/patients/{plan.patient_id}/plans/signed/{plan.pk}/").content.decode()
    assert "confirmed by Bob Bauer" in page
    assert WHY in page


def test_a_confirmation_survives_the_night_and_the_pregnancy_is_asked_about_again(
    asked: Wizard, bob: Membership
) -> None:
    answered(signed_in(bob), asked)
    yesterday = timezone.now() - timedelta(days=1)
    Answer.objects.filter(question="patient.pregnancy").update(recorded_at=yesterday)
    assert asked.sign(PASSWORD).status_code == 422
    asked.post("sign", {"keep": "patient.pregnancy"}, go="")
    assert asked.sign(PASSWORD).status_code == 302
    assert Plan.objects.get().exception.answered_by == bob.user


def test_whoever_asked_cannot_answer(asked: Wizard) -> None:
    answered(asked.client, asked)
    assert AbsoluteException.objects.get().answer == ""


def test_a_wrong_password_answers_nothing(asked: Wizard, bob: Membership) -> None:
    assert answered(signed_in(bob), asked, secret="wrong").status_code == 422
    assert AbsoluteException.objects.get().answer == ""


def test_declining_says_why_and_keeps_the_plan_unsigned(asked: Wizard, bob: Membership) -> None:
    assert answered(signed_in(bob), asked, "declined").status_code == 422
    answered(signed_in(bob), asked, "declined", text="A test first.")
    assert "Declined by Bob Bauer" in asked.page("options")
    assert "A test first." in asked.page("sign")
    assert asked.sign(PASSWORD).status_code == 422


def test_an_answer_is_given_once(asked: Wizard, bob: Membership, house: House) -> None:
    answered(signed_in(bob), asked)
    clara = signed_in(member("Clara Conrad", house.a, ["clinician"]))
    answered(clara, asked, "declined", text="No.")
    assert AbsoluteException.objects.get().answer == "confirmed"


@pytest.mark.parametrize("roles", [["coordinator"], ["hospital_admin"]])
def test_nobody_but_a_clinician_answers(asked: Wizard, house: House, roles: list[str]) -> None:
    assert answered(signed_in(member("Dora Dorn", house.a, roles)), asked).status_code == 403


def test_another_hospital_finds_no_such_question(asked: Wizard, carlos: Client) -> None:
    assert answered(carlos, asked).status_code == 404


def test_a_changed_fact_voids_the_confirmation(asked: Wizard, bob: Membership) -> None:
    answered(signed_in(bob), asked)
    asked.post("fitness", {"neuropathy-severity": "severe"})
    assert "What was confirmed has changed" in asked.page("options")
    assert asked.sign(PASSWORD).status_code == 422
    assert not Plan.objects.exists()


def test_a_changed_choice_voids_the_confirmation_and_asks_anew(asked: Wizard, bob: Membership) -> None:
    answered(signed_in(bob), asked)
    asked.post("options", {"reason": "toxicity", "text": WHY, "confirm": "1"}, go="")
    assert "Waits for a second clinician" in asked.page("options")
    assert AbsoluteException.objects.count() == 2


def test_what_changed_before_the_answer_is_not_answered(asked: Wizard, bob: Membership) -> None:
    asked.post("fitness", {"neuropathy-severity": "severe"})
    answered(signed_in(bob), asked)
    assert AbsoluteException.objects.get().answer == ""


def test_the_same_drug_under_another_name_is_excluded_as_well(wizard_for: Callable[[Any], Wizard]) -> None:
    wizard = wizard_for(POSSIBLY_PREGNANT)
    wizard.enter(POSSIBLY_PREGNANT)
    reason = {"name": "Daratumumab-Revlimid-dexamethasone", "reason": "not_available"}
    assert wizard.choose("other_regimen", **reason).status_code == 422
    assert wizard.choose("other_regimen", text=WHY, **reason).status_code == 302
    assert AbsoluteException.objects.get().arguments[0]["option"] == "other_regimen"
    [event] = ChoiceEvent.objects.all()
    assert (event.kind, [one["absolute"] for one in event.overridden]) == ("beside", [True])


def test_a_trial_that_names_the_drug_asks_a_second_clinician(wizard_for: Callable[[Any], Wizard]) -> None:
    wizard = wizard_for(POSSIBLY_PREGNANT)
    wizard.enter(POSSIBLY_PREGNANT)
    trial = {"name": "NCT01234567, arm with thalidomide", "reason": "clinical_trial"}
    assert wizard.choose("clinical_trial", **trial).status_code == 422
    assert wizard.choose("clinical_trial", text=WHY, **trial).status_code == 302
    assert AbsoluteException.objects.get().arguments[0]["option"] == "clinical_trial"


@pytest.mark.parametrize(("name", "dose"), [("Revlimid", ""), ("Induction", "lenalidomide 10 mg")])
def test_a_row_of_the_planned_treatments_is_no_way_around_it(
    wizard_for: Callable[[Any], Wizard], name: str, dose: str
) -> None:
    wizard = wizard_for(POSSIBLY_PREGNANT)
    wizard.enter(POSSIBLY_PREGNANT)
    wizard.choose("no_treatment", reason="patient_preference")
    row = {"treatment-0-kind": "other", "treatment-0-name": name, "treatment-0-dose": dose}
    rows = {"treatment-TOTAL_FORMS": "1", "treatment-INITIAL_FORMS": "0"} | row
    refused = wizard.post("treatments", rows)
    assert refused.status_code == 422
    assert "choose it under Options, where a second clinician is asked" in refused.content.decode()
    assert wizard.post("treatments", rows | {"treatment-0-kind": "watch"}).status_code == 302


def test_a_treatment_that_became_contraindicated_after_it_was_entered_is_not_signed(
    wizard_for: Callable[[Any], Wizard],
) -> None:
    wizard = wizard_for(POSSIBLY_PREGNANT)
    wizard.enter(POSSIBLY_PREGNANT)
    wizard.post("fitness", {"patient-pregnancy": "no"})
    wizard.choose("no_treatment", reason="patient_preference")
    row = {"treatment-0-kind": "other", "treatment-0-name": "Revlimid"}
    wizard.post("treatments", {"treatment-TOTAL_FORMS": "1", "treatment-INITIAL_FORMS": "0"} | row)
    wizard.post("fitness", {"patient-pregnancy": "possible"})
    wizard.choose("no_treatment", reason="patient_preference")
    wizard.post("follow-up", {"schedules": []})
    assert "Planned treatments, Revlimid: An absolute contraindication" in wizard.page("sign")


# What the database refuses whatever the application does.


def test_the_database_refuses_an_answer_by_whoever_asked(asked: Wizard) -> None:
    exception = AbsoluteException.objects.get()
    exception.answer, exception.answered_at = "confirmed", exception.recorded_at
    exception.answered_by = exception.recorded_by
    with pytest.raises(IntegrityError, match="exception_is_answered_by_another"), transaction.atomic():
        exception.save()


def test_the_database_refuses_an_answer_from_elsewhere(asked: Wizard, house: House) -> None:
    exception = AbsoluteException.objects.get()
    exception.answer, exception.answered_at = "confirmed", exception.recorded_at
    exception.answered_by = house.carlos.user
    with pytest.raises(IntegrityError, match="answered_by_a_clinician_of_here"), transaction.atomic():
        exception.save()


def test_the_database_refuses_a_second_answer(asked: Wizard, bob: Membership) -> None:
    answered(signed_in(bob), asked)
    exception = AbsoluteException.objects.get()
    exception.answer_text = "On second thoughts"
    with pytest.raises(IntegrityError, match="exception_is_answered_once"), transaction.atomic():
        exception.save()


@pytest.mark.parametrize("change", ["no exception", "other facts", "other option", "signed by the second"])
def test_the_database_refuses_a_plan_without_a_second_clinician(
    asked: Wizard, bob: Membership, change: str
) -> None:
    answered(signed_in(bob), asked)
    asked.sign(PASSWORD)
    plan = Plan.objects.get()
    plan.pk = uuid4()
    if change == "no exception":
        plan.exception = None
    elif change == "other facts":
        plan.facts_sha256 = "0" * 64
    elif change == "other option":
        plan.options = ["lenalidomide_dex", "asct"]
    else:
        plan.signed_by = bob.user
    with pytest.raises(IntegrityError, match="needs_a_second_clinician"), transaction.atomic():
        plan.save(force_insert=True)
