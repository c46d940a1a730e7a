"""An acknowledgement silences for a while and never for good; what is missing cannot be acknowledged away."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accounts.roles import Role
from monitoring.alerts.actions import acknowledging
from monitoring.alerts.actions.acknowledging import (
    AbsenceError,
    Acknowledgement,
    AlertEndedError,
    StaleAlertError,
)
from monitoring.alerts.models import Alert, AlertStep, NextStep, Reason
from patients.models import Patient, PatientSummary
from tests.monitoring.alerts.courses import (
    BASELINE,
    RISE,
    SECOND_RISE,
    measured,
    noon,
    radiated,
    read_on,
    scanned,
    treated,
)
from tests.personas import House, member, registered

DAY = "2026-04-03"
QUIETLY = Acknowledgement(Reason.EXPECTED, date(2026, 5, 1))


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


@pytest.fixture
def rising(house: House, patient: Patient) -> Alert:
    """A confirmed rise: a warning."""
    treated(patient, house.alice)
    measured(patient, house.alice, *BASELINE, RISE, SECOND_RISE)
    return read_on(patient, DAY)["vegf-rising"]


@pytest.fixture
def critical(house: House, rising: Alert) -> Alert:
    """The same rise beside progression on PET."""
    progressed(house, rising.patient, "2026-04-02")
    return read_on(rising.patient, DAY)["vegf-rising"]


def progressed(house: House, patient: Patient, on: str) -> None:
    scanned(patient, house.alice, "2024-12-20")
    scanned(patient, house.alice, on, avid_lesions=3, new_lesion=True)


def acknowledged(alert: Alert, house: House, how: Acknowledgement = QUIETLY, **changes: object) -> Alert:
    arguments = {
        "alert": alert,
        "acknowledgement": how,
        "submission": uuid4(),
        "expected_version": alert.version,
        "by": house.alice,
        "now": noon(DAY),
    }
    return acknowledging.acknowledge(**arguments | changes)  # type: ignore[arg-type] # the parameters' own types


def asking(patient: Patient, day: str) -> set[str]:
    read_on(patient, day)
    return {alert.rule for alert in Alert.objects.of(patient).asking(date.fromisoformat(day))}


def returned(alert: Alert) -> str:
    return AlertStep.objects.filter(alert=alert, happening="returned").latest("id").reason


def test_an_acknowledged_alert_is_silent_until_its_day(house: House, rising: Alert) -> None:
    acknowledged(rising, house)
    assert "vegf-rising" not in asking(rising.patient, "2026-04-30")
    assert "vegf-rising" in asking(rising.patient, "2026-05-01")
    assert returned(rising) == "review"


def test_on_the_review_day_it_asks_even_before_anything_was_read_again(house: House, rising: Alert) -> None:
    acknowledged(rising, house)
    assert Alert.objects.asking(date(2026, 5, 1)).filter(pk=rising.pk).exists()


def test_new_values_bring_it_back(house: House, rising: Alert) -> None:
    acknowledged(rising, house)
    measured(rising.patient, house.alice, ("2026-04-10", "900"))
    assert "vegf-rising" in asking(rising.patient, "2026-04-11")
    assert returned(rising) == "new_data"


def test_values_of_another_rule_leave_it_silent(house: House, rising: Alert) -> None:
    acknowledged(rising, house)
    measured(
        rising.patient, house.alice, ("2026-04-10", "300"), analyte="platelets", unit="10*9/L", specimen=""
    )
    assert "vegf-rising" not in asking(rising.patient, "2026-04-11")


def test_more_severe_always_comes_back(house: House, rising: Alert) -> None:
    acknowledged(rising, house)
    progressed(house, rising.patient, "2026-04-10")
    assert "vegf-rising" in asking(rising.patient, "2026-04-11")
    assert returned(rising) == "raised"


@pytest.mark.parametrize(("days", "kept"), [(90, True), (91, False)])
def test_a_warning_rests_ninety_days_at_most(house: House, rising: Alert, days: int, kept: bool) -> None:
    check_rest(rising, house, Acknowledgement(Reason.EXPECTED, date(2026, 4, 3) + timedelta(days)), kept)


@pytest.mark.parametrize(("days", "kept"), [(14, True), (15, False)])
def test_a_critical_one_rests_fourteen_days_at_most(
    house: House, critical: Alert, days: int, kept: bool
) -> None:
    day = date(2026, 4, 3) + timedelta(days)
    check_rest(critical, house, Acknowledgement(Reason.ACTED, day, next_step=NextStep.NOTE), kept)


def check_rest(alert: Alert, house: House, how: Acknowledgement, kept: bool) -> None:
    if kept:
        acknowledged(alert, house, how)
        return
    with pytest.raises(IntegrityError, match="alert_is_looked_at_again"), transaction.atomic():
        acknowledged(alert, house, how)


def test_the_database_wants_a_next_step_for_a_critical_one(house: House, critical: Alert) -> None:
    with pytest.raises(IntegrityError, match="alert_critical_has_a_next_step"), transaction.atomic():
        acknowledged(critical, house, Acknowledgement(Reason.ACTED, date(2026, 4, 10)))


def test_what_is_missing_cannot_be_acknowledged(house: House, patient: Patient) -> None:
    radiated(patient, house.alice, "2026-01-01")
    alert = read_on(patient, DAY)["rt-assess"]
    with pytest.raises(AbsenceError):
        acknowledged(alert, house)
    with pytest.raises(IntegrityError, match="alert_of_absence_stays"), transaction.atomic():
        Alert.objects.filter(pk=alert.pk).update(
            acknowledged_at=noon(DAY),
            acknowledged_by=house.alice.user,
            acknowledged_on=date(2026, 4, 3),
            acknowledged_severity="warning",
            reason="acted",
            review_on=date(2026, 4, 9),
        )


def test_a_double_click_acknowledges_once(house: House, rising: Alert) -> None:
    submission = uuid4()
    acknowledged(rising, house, submission=submission)
    acknowledged(rising, house, submission=submission)
    assert AlertStep.objects.filter(alert=rising, happening="acknowledged").count() == 1


def test_whoever_saw_another_state_is_told(house: House, rising: Alert) -> None:
    seen = rising.version
    acknowledged(rising, house)
    with pytest.raises(StaleAlertError):
        acknowledged(rising, house, expected_version=seen)


def test_what_ended_cannot_be_acknowledged(house: House, rising: Alert) -> None:
    Alert.objects.filter(pk=rising.pk).update(resolved_at=noon(DAY), ending="not_true")
    with pytest.raises(AlertEndedError):
        acknowledged(rising, house)


def test_the_summary_counts_only_what_asks(house: House, rising: Alert) -> None:
    before = PatientSummary.objects.get(patient=rising.patient)
    assert before.alert_rule == "vegf-rising"
    acknowledged(rising, house)
    after = PatientSummary.objects.get(patient=rising.patient)
    assert after.alert_count == before.alert_count - 1
    assert after.alert_rule != "vegf-rising"


def test_a_handed_over_alert_goes_on_asking(house: House, rising: Alert) -> None:
    bert = member("Bert Bauer", house.a, [Role.CLINICIAN])
    acknowledging.hand_over(
        alert=rising,
        to=bert.user,
        note="Please call.",
        submission=uuid4(),
        expected_version=rising.version,
        by=house.alice,
        now=noon(DAY),
    )
    stands = Alert.objects.asking(date(2026, 4, 3)).get(pk=rising.pk)
    assert stands.handed_to == bert.user
    assert AlertStep.objects.get(alert=rising, happening="handed_over").handed_to == bert.user
