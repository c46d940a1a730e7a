"""Entries of the record close follow-ups as results do: stability after radiation, CT, marrow biopsy."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import Membership
from monitoring.follow_ups.models import Cause, FollowUp, FollowUpStatus, State
from monitoring.matching.actions import matches
from monitoring.matching.models import Match
from patients.actions import record
from patients.actions.corrections import take_back_error
from patients.actions.restore import restore
from patients.models import ExtentAssessment, Patient, Treatment
from tests.monitoring.alerts.courses import radiated
from tests.monitoring.follow_ups.builders import item, planned
from tests.personas import NOW, House, registered

IN_WINDOW = date(2026, 6, 3)
ANSWERED = {"stabilized": True, "stabilized_on": IN_WINDOW}


@pytest.fixture
def stability(house: House) -> FollowUp:
    """Due on 1 June 2026, with a window from 15 May to 1 July."""
    return planned(house.alice, item(kind="stability", title="Stability after radiation"))


@pytest.fixture
def radiation(house: House, stability: FollowUp) -> Treatment:
    return radiated(stability.patient, house.alice, "2026-02-20")


def state(follow_up: FollowUp) -> str:
    return FollowUp.objects.get(pk=follow_up.pk).state


def answer(treatment: Treatment, by: Membership, **values: Any) -> Treatment:
    treatment.refresh_from_db()
    return record.correct_treatment(
        treatment=treatment, values=values, expected_version=treatment.version, by=by, now=NOW
    )


def assessed(patient: Patient, by: Membership, **values: Any) -> ExtentAssessment:
    return record.assess_extent(
        patient=patient,
        values={"assessed_on": date(2026, 6, 20), **values},
        submission=uuid4(),
        by=by,
        now=NOW,
    )


@pytest.mark.parametrize("stabilized", [True, False])
def test_an_answer_about_stability_closes_its_item_on_the_day_of_the_answer(
    house: House, stability: FollowUp, radiation: Treatment, stabilized: bool
) -> None:
    assert state(stability) == State.PLANNED
    answer(radiation, house.alice, **ANSWERED | {"stabilized": stabilized})
    step = FollowUpStatus.objects.latest("id")
    assert (state(stability), step.cause, step.happened_on) == (State.DONE, Cause.RESULT, IN_WINDOW)


@pytest.mark.parametrize(
    "values",
    [
        {"stabilized": None, "stabilized_on": None},
        {"stabilized": True, "stabilized_on": None},
        {"stabilized": True, "stabilized_on": date(2026, 5, 14)},
    ],
)
def test_no_answer_or_one_before_the_window_leaves_it_open(
    house: House, stability: FollowUp, radiation: Treatment, values: dict[str, Any]
) -> None:
    answer(radiation, house.alice, **values)
    assert state(stability) == State.PLANNED


def test_an_answer_taken_out_opens_it_again(house: House, stability: FollowUp, radiation: Treatment) -> None:
    answer(radiation, house.alice, **ANSWERED)
    answer(radiation, house.alice, stabilized=None, stabilized_on=None)
    assert state(stability) == State.PLANNED
    assert FollowUpStatus.objects.latest("id").cause == Cause.RESULT_GONE


def test_a_radiation_entered_in_error_opens_it_and_taken_back_closes_it(
    house: House, stability: FollowUp, radiation: Treatment
) -> None:
    answered = answer(radiation, house.alice, **ANSWERED)
    record.mark_error(row=answered, expected_version=2, by=house.alice, now=NOW)
    assert state(stability) == State.PLANNED
    take_back_error(row=answered, expected_version=3, by=house.alice, now=NOW)
    assert state(stability) == State.DONE


def test_an_earlier_state_of_the_radiation_restored_counts(
    house: House, stability: FollowUp, radiation: Treatment
) -> None:
    answered = answer(radiation, house.alice, **ANSWERED)
    earlier = {"stabilized": None, "stabilized_on": None}
    restore(row=answered, values=earlier, expected_version=2, by=house.alice, now=NOW)
    assert state(stability) == State.PLANNED


def test_a_person_may_say_that_the_answer_does_not_belong_to_it(
    house: House, stability: FollowUp, radiation: Treatment, alice: Client
) -> None:
    answer(radiation, house.alice, **ANSWERED)
    where = f"/patients/{stability.patient_id}/follow-ups/{stability.pk}/results/"
    assert "50 Gy: stabilized, answered on 3 Jun 2026" in alice.get(where).content.decode()
    assert alice.post(where, {"version": "2"}).status_code == 302
    matches.settle([stability.patient_id], by=house.alice)
    assert state(stability) == State.PLANNED


def test_one_person_s_radiation_closes_nothing_of_another(house: House, stability: FollowUp) -> None:
    other = registered(house.alice, record_number="N-77")
    radiated(other, house.alice, "2026-02-20", **ANSWERED)
    assert state(stability) == State.PLANNED


@pytest.mark.parametrize(
    ("method", "closes"), [("ct", True), ("pet_ct", False), ("mri", False), ("plain_film", False)]
)
def test_a_ct_on_record_closes_its_item_and_no_other_imaging_does(
    house: House, method: str, closes: bool
) -> None:
    follow_up = planned(house.alice, item(kind="ct", title="CT of sclerotic lesions"))
    extent = assessed(follow_up.patient, house.alice, imaging_on=IN_WINDOW, imaging_method=method)
    assert (state(follow_up) == State.DONE) is closes
    if closes:
        record.mark_error(row=extent, expected_version=1, by=house.alice, now=NOW)
        assert state(follow_up) == State.PLANNED


@pytest.mark.parametrize(
    ("method", "closes"), [("iliac_biopsy", True), ("other_site", True), ("aspirate", False)]
)
def test_a_biopsy_on_record_closes_the_marrow_and_an_aspirate_does_not(
    house: House, method: str, closes: bool
) -> None:
    follow_up = planned(house.alice, item(kind="marrow", title="Marrow biopsy"))
    assessed(follow_up.patient, house.alice, marrow_on=IN_WINDOW, marrow_method=method)
    assert (state(follow_up) == State.DONE) is closes


def test_one_assessment_may_close_two_items_and_corrected_opens_one(house: House, alice: Client) -> None:
    ct = planned(house.alice, item(kind="ct", title="CT"))
    marrow = planned(house.alice, item(kind="marrow", title="Marrow biopsy"), patient=ct.patient)
    values = {"imaging_on": IN_WINDOW, "imaging_method": "ct"}
    both = values | {"marrow_on": IN_WINDOW, "marrow_method": "iliac_biopsy"}
    extent = assessed(ct.patient, house.alice, **both)
    assert (state(ct), state(marrow)) == (State.DONE, State.DONE)
    record.correct_extent(
        assessment=extent,
        values={"marrow_on": None, "marrow_method": ""},
        lesions=(),
        expected_version=1,
        by=house.alice,
        now=NOW,
    )
    assert (state(ct), state(marrow)) == (State.DONE, State.PLANNED)
    page = alice.get(f"/patients/{ct.patient_id}/follow-ups/{ct.pk}/results/").content.decode()
    assert "Assessment of the extent of 20 Jun 2026" in page


def test_a_match_is_of_exactly_one_answer(house: House, stability: FollowUp, radiation: Treatment) -> None:
    answer(radiation, house.alice, **ANSWERED)
    extent = assessed(stability.patient, house.alice)
    for changes in ({"extent": extent}, {"treatment": None}):
        with pytest.raises(IntegrityError, match="match_is_of_one_answer"), transaction.atomic():
            Match.objects.update(**changes)
