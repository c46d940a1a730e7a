"""One row per patient and rule while it lasts, and every step written down."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from guideline.course import interpret
from guideline.edition import load_edition
from monitoring.alerts.actions import readings
from monitoring.alerts.models import Alert, AlertStep, Mark
from monitoring.course.queries import history_of
from monitoring.follow_ups.actions import follow_ups
from monitoring.follow_ups.models import Reason
from monitoring.results.actions import moves, results
from monitoring.results.models import MovedKind, Result
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
from tests.monitoring.entries import entry, recorded
from tests.monitoring.follow_ups.builders import item, planned
from tests.personas import NOW, House, registered
from tests.workflows.builders import accepted, died, merged, offered


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


@pytest.fixture
def rising(house: House, patient: Patient) -> Patient:
    """VEGF that fell and has risen once."""
    treated(patient, house.alice)
    measured(patient, house.alice, *BASELINE, RISE)
    return patient


def steps(patient: Patient, rule: str) -> list[str]:
    rows = AlertStep.objects.of(patient).filter(rule=rule).order_by("id")
    return [f"{step.happening} {step.reason}".strip() for step in rows]


def test_a_rise_is_asked_to_be_repeated(rising: Patient) -> None:
    alert = read_on(rising, "2026-02-03")["vegf-rising-unconfirmed"]
    assert (alert.severity, alert.since) == ("info", date(2026, 2, 2))
    assert "Please repeat it" in alert.text
    assert "420 pg/mL on 2 February 2026" in alert.text
    assert {fact["role"] for fact in alert.why["facts"]} == {"lowest before", "risen"}


def test_a_second_rise_is_another_alert_and_ends_the_first(house: House, rising: Patient) -> None:
    read_on(rising, "2026-02-03")
    measured(rising, house.alice, SECOND_RISE)
    alerts = read_on(rising, "2026-03-17")
    assert alerts["vegf-rising"].severity == "warning"
    assert "vegf-rising-unconfirmed" not in alerts
    assert steps(rising, "vegf-rising-unconfirmed") == ["raised", "resolved not_true"]


def test_progression_on_pet_makes_both_critical(house: House, rising: Patient) -> None:
    measured(rising, house.alice, SECOND_RISE)
    scanned(rising, house.alice, "2024-12-20")
    scanned(rising, house.alice, "2026-04-02", avid_lesions=3, new_lesion=True)
    read_on(rising, "2026-03-17")
    alerts = read_on(rising, "2026-04-03")
    assert {rule for rule, alert in alerts.items() if alert.severity == "critical"} == {
        "pet-progression",
        "vegf-rising",
    }
    assert steps(rising, "vegf-rising") == ["raised", "more_severe"]


def test_reading_twice_writes_nothing_the_second_time(rising: Patient) -> None:
    read_on(rising, "2026-02-03")
    before = (AlertStep.objects.count(), Alert.objects.get(rule="vegf-rising-unconfirmed").version)
    read_on(rising, "2026-02-04")
    assert (AlertStep.objects.count(), Alert.objects.get(rule="vegf-rising-unconfirmed").version) == before


def test_the_database_refuses_a_second_open_alert_of_a_rule(rising: Patient) -> None:
    alert = read_on(rising, "2026-02-03")["vegf-rising-unconfirmed"]
    alert.pk = uuid4()
    with pytest.raises(IntegrityError, match="alert_is_open_once"), transaction.atomic():
        alert.save(force_insert=True)


def test_an_overdue_repeat_speaks_for_the_rise_it_is_about(rising: Patient) -> None:
    alerts = read_on(rising, "2026-03-17")
    assert "vegf-repeat-overdue" in alerts
    assert "vegf-rising-unconfirmed" not in alerts


def test_what_was_resolved_is_raised_anew_when_it_is_true_again(house: House, rising: Patient) -> None:
    read_on(rising, "2026-02-03")
    row = rising_result(rising)
    results.mark_error(result=row, expected_version=row.version, by=house.alice)
    assert "vegf-rising-unconfirmed" not in read_on(rising, "2026-02-04")
    row.refresh_from_db()
    results.take_back_error(result=row, expected_version=row.version, by=house.alice)
    read_on(rising, "2026-02-05")
    assert Alert.objects.filter(rule="vegf-rising-unconfirmed").count() == 2


def rising_result(patient: Patient) -> Result:
    return Result.objects.of(patient).get(value=420)


def test_a_record_that_cannot_be_read_keeps_its_alerts_and_silences_nobody(
    house: House, rising: Patient, caplog
) -> None:
    read_on(rising, "2026-02-03")
    other = registered(house.alice, record_number="A-2")
    radiated(other, house.alice, "2025-10-20")
    treated(rising, house.alice, "1066-10-14", name="Bleeding", ended_on=date(1066, 10, 15))
    ids = [rising.pk, other.pk]
    readings.read(hospital_id=house.a.pk, patient_ids=ids, on=date(2026, 2, 4), now=noon("2026-02-04"))
    assert "was not read" in caplog.text
    assert Alert.objects.of(rising).open().count() > 0
    assert Alert.objects.of(other).open().filter(rule="rt-assess").exists()


# Every way in which a course can change leaves a mark.


def marked() -> set:
    found = set(Mark.objects.values_list("patient_id", flat=True))
    Mark.objects.all().delete()
    return found


def test_results_treatments_scans_and_follow_ups_mark_the_course(house: House, patient: Patient) -> None:
    ways = [
        lambda: recorded(patient, house.alice),
        lambda: treated(patient, house.alice),
        lambda: scanned(patient, house.alice, "2026-01-01"),
        lambda: planned(house.alice, patient=patient),
        lambda: died(patient, house.alice),
    ]
    marked()
    for way in ways:
        way()
        assert marked() == {patient.pk}


def test_a_result_that_moves_marks_both_patients(house: House, patient: Patient) -> None:
    row = recorded(patient, house.alice)[0]
    other = registered(house.alice, record_number="A-2")
    marked()
    moves.move(
        kind=MovedKind.RESULT,
        row_id=row.pk,
        patient=patient,
        to=other,
        reason="Wrong patient",
        expected_version=1,
        submission=uuid4(),
        by=house.alice,
        now=NOW,
    )
    assert marked() == {patient.pk, other.pk}


def test_many_results_of_one_statement_leave_one_mark(house: House, patient: Patient) -> None:
    marked()
    recorded(patient, house.alice, *(entry(str(value)) for value in range(100, 150)))
    assert Mark.objects.count() == 1


def test_a_marked_course_is_read_once_and_then_rests(house: House, rising: Patient) -> None:
    assert readings.read_next(hospital_id=house.a.pk, now=noon("2026-02-03")) == 1
    assert Alert.objects.of(rising).open().filter(rule="vegf-rising-unconfirmed").exists()
    assert readings.read_next(hospital_id=house.a.pk, now=noon("2026-02-03")) == 0


def test_on_a_new_day_of_the_hospital_every_course_is_read(house: House, patient: Patient) -> None:
    """What time alone changes: the question of stability opens three months after the last fraction."""
    radiated(patient, house.alice, "2026-01-15")
    readings.read_next(hospital_id=house.a.pk, now=noon("2026-04-14"))
    assert not Alert.objects.of(patient).filter(rule="rt-assess").exists()
    assert readings.read_next(hospital_id=house.a.pk, now=noon("2026-04-15")) == 1
    assert Alert.objects.of(patient).open().filter(rule="rt-assess").exists()


# The end of care.


def test_of_the_dead_nothing_is_raised_and_what_stood_ends(house: House, rising: Patient) -> None:
    read_on(rising, "2026-02-03")
    died(rising, house.alice)
    assert read_on(rising, "2026-02-04") == {}
    assert steps(rising, "vegf-rising-unconfirmed")[-1] == "resolved care_ended"
    assert PatientSummary.objects.get(patient=rising).alert_count == 0


def test_a_merge_ends_the_alerts_of_the_closed_record_and_reads_the_kept_one(
    house: House, rising: Patient
) -> None:
    read_on(rising, "2026-02-03")
    kept = registered(house.alice, record_number="A-2")
    merged(kept, rising, house.alice)
    readings.read_next(hospital_id=house.a.pk, now=noon("2026-02-04"))
    assert not Alert.objects.of(rising).open().exists()
    assert Alert.objects.of(kept).open().filter(rule="vegf-rising-unconfirmed").exists()


def test_a_transferred_patient_is_read_in_the_new_hospital(house: House, rising: Patient) -> None:
    read_on(rising, "2026-02-03")
    accepted(offered(rising, house), house)
    readings.read_next(hospital_id=house.b.pk, now=noon("2026-02-04"))
    alert = Alert.objects.of(rising).open().get(rule="vegf-rising-unconfirmed")
    assert alert.hospital_id == house.b.pk


# A missing examination has one voice, and ends with data or with a reason.


def untouched(patient: Patient, house: House) -> None:
    """A line without any VEGF since its start."""
    treated(patient, house.alice, "2025-09-01")


def test_a_missing_examination_is_pointed_out(house: House, patient: Patient) -> None:
    untouched(patient, house)
    alert = read_on(patient, "2026-01-10")["vegf-overdue"]
    assert (alert.severity, alert.absence) == ("info", True)


def test_a_follow_up_whose_window_is_open_asks_instead_of_an_alert_that_says_no_more(
    house: House, patient: Patient
) -> None:
    untouched(patient, house)
    read_on(patient, "2026-01-10")
    dates = {"earliest": date(2026, 2, 1), "due": date(2026, 2, 10), "latest": date(2026, 2, 20)}
    planned(house.alice, item(kind="vegf", **dates), patient=patient, now=noon("2026-01-20"))
    assert "vegf-overdue" in read_on(patient, "2026-01-31")
    assert "vegf-overdue" not in read_on(patient, "2026-02-01")
    assert steps(patient, "vegf-overdue")[-1] == "resolved follow_up"


def test_closing_the_follow_up_with_a_reason_ends_the_alert(house: House, patient: Patient) -> None:
    radiated(patient, house.alice, "2025-10-20")
    dates = {"earliest": date(2026, 1, 20), "due": date(2026, 1, 20), "latest": date(2026, 4, 20)}
    waiting = planned(house.alice, item(kind="stability", **dates), patient=patient, now=noon("2026-01-01"))
    assert "rt-assess" in read_on(patient, "2026-02-20")
    closed(waiting, house, "2026-02-21")
    assert "rt-assess" not in read_on(patient, "2026-02-22")
    assert steps(patient, "rt-assess")[-1] == "resolved closed"
    # A later question is another one: it is asked again.
    assert "rt-overdue" in read_on(patient, "2026-04-20")


def test_what_was_closed_before_the_examination_was_missing_ends_nothing(
    house: House, patient: Patient
) -> None:
    radiated(patient, house.alice, "2025-10-20")
    dates = {"earliest": date(2026, 1, 20), "due": date(2026, 1, 20), "latest": date(2026, 4, 20)}
    waiting = planned(house.alice, item(kind="stability", **dates), patient=patient, now=noon("2026-01-01"))
    closed(waiting, house, "2026-01-19")
    assert "rt-assess" in read_on(patient, "2026-02-20")


def closed(waiting, house: House, day: str) -> None:
    follow_ups.close(
        follow_up=waiting,
        reason=Reason.DECLINED,
        submission=uuid4(),
        expected_version=waiting.version,
        by=house.alice,
        now=noon(day),
    )


# The summary.


def test_the_summary_says_what_asks_most(house: House, patient: Patient) -> None:
    radiated(patient, house.alice, "2025-10-20")
    read_on(patient, "2026-02-20")
    row = PatientSummary.objects.get(patient=patient)
    assert (row.alert_rule, row.worst_alert, row.alert_urgency) == ("rt-assess", "warning", 0)
    assert row.alert_since == date(2026, 1, 20)
    assert row.alert_count == Alert.objects.of(patient).open().count()
    assert row.alerts_read_on == date(2026, 2, 20)


def test_stored_alerts_are_what_the_guideline_says_of_the_record(house: House, rising: Patient) -> None:
    stored = read_on(rising, "2026-02-03")
    told = interpret(history_of(rising, as_of=date(2026, 2, 3)).parsed, load_edition()).alerts
    assert {alert.id: (alert.severity, alert.text, alert.since) for alert in told} == {
        rule: (alert.severity, alert.text, alert.since) for rule, alert in stored.items()
    }


def test_the_queries_of_a_reading_do_not_grow_with_patients(
    house: House, rising: Patient, django_assert_max_num_queries
) -> None:
    ids = [rising.pk]
    for number in range(12):
        other = registered(house.alice, record_number=f"B-{number}")
        radiated(other, house.alice, "2025-10-20")
        ids.append(other.pk)
    with django_assert_max_num_queries(18):
        readings.read(hospital_id=house.a.pk, patient_ids=ids, on=date(2026, 2, 4), now=noon("2026-02-04"))
