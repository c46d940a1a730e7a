"""What wakes a reading: a committed change, or the sweep where the queue was away."""

import pytest
from django.utils import timezone

from accounts.scope import hospital_scope
from monitoring.alerts import sweeping, tasks
from monitoring.alerts.models import Alert
from patients.models import Patient
from poems_site.celery import app
from tests.monitoring.alerts.courses import noon, radiated
from tests.personas import House, registered


@pytest.fixture
def patient(house: House) -> Patient:
    patient = registered(house.alice)
    radiated(patient, house.alice, "2025-10-20")
    return patient


def test_the_sweep_names_hospitals_with_something_to_read(house: House, patient: Patient) -> None:
    assert list(sweeping.hospitals_to_read(now=noon("2026-02-20"))) == [house.a.pk]
    assert sweeping.read_hospital(hospital_id=house.a.pk, clock=lambda: noon("2026-02-20")) == 1
    assert list(sweeping.hospitals_to_read(now=noon("2026-02-20"))) == []
    assert list(sweeping.hospitals_to_read(now=noon("2026-02-21"))) == [house.a.pk]


def test_the_hospitals_own_clock_says_when_a_day_begins(house: House, patient: Patient) -> None:
    """Berlin is an hour ahead in winter: at 23:30 UTC the next day has begun there."""
    evening = noon("2026-02-20").replace(hour=22)
    sweeping.read_hospital(hospital_id=house.a.pk, clock=lambda: evening)
    assert list(sweeping.hospitals_to_read(now=evening.replace(hour=23, minute=30))) == [house.a.pk]


def test_the_task_reads_what_the_sweep_found(house: House, patient: Patient) -> None:
    assert tasks.read(str(house.a.pk)) == 1
    with hospital_scope(house.a.pk, actor="test"):
        assert Alert.objects.of(patient).open().filter(rule="rt-overdue").exists()


def test_a_form_that_is_saved_wakes_the_reading_after_the_commit(
    house: House, alice, patient: Patient, settings, django_capture_on_commit_callbacks
) -> None:
    woken: list[object] = []
    settings.TOLD_OF_CHANGES = f"{__name__}.remember"
    WOKEN.clear()
    with django_capture_on_commit_callbacks(execute=True):
        alice.post(f"/patients/{patient.pk}/results/new/", {})
    woken += WOKEN
    assert woken == [house.a.pk]


WOKEN: list[object] = []


def remember(hospital_id: object) -> None:
    WOKEN.append(hospital_id)


def test_a_queue_that_is_away_keeps_no_form_from_being_answered(
    house: House, alice, patient: Patient, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    monkeypatch.setattr(app.conf, "broker_url", "redis://127.0.0.1:1/0")
    with django_capture_on_commit_callbacks(execute=True):
        assert alice.post(f"/patients/{patient.pk}/results/new/", {}).status_code == 200
    assert list(sweeping.hospitals_to_read(now=timezone.now())) == [house.a.pk]


def test_courses_are_read_by_the_workers_for_long_work() -> None:
    assert app.conf.task_routes["monitoring.alerts.tasks.read"] == {"queue": "long"}
    assert app.conf.beat_schedule["read changed courses"]["task"] == tasks.sweep.name
