"""The pages of alerts: seen, acknowledged with a next step in one form, counted by rule."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from monitoring.alerts.models import Alert
from monitoring.follow_ups.models import FollowUp
from patients.models import Occurrence, Patient, PatientSummary
from tests.monitoring.alerts.courses import measured, radiated, read_on, scanned, treated
from tests.monitoring.follow_ups.builders import item, planned
from tests.personas import House, registered
from treatment.models import Draft


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def patient(house: House, today: date) -> Patient:
    """A confirmed rise and progression on PET, all lately."""
    patient = registered(house.alice)
    treated(patient, house.alice, ago(today, 400))
    days = ((410, "1450"), (200, "300"), (120, "200"), (40, "420"), (5, "480"))
    measured(patient, house.alice, *((ago(today, days), value) for days, value in days))
    scanned(patient, house.alice, ago(today, 410))
    scanned(patient, house.alice, ago(today, 3), avid_lesions=3, new_lesion=True)
    read_on(patient, today.isoformat())
    return patient


def ago(today: date, days: int) -> str:
    return (today - timedelta(days=days)).isoformat()


def page(client: Client, patient: Patient, rest: str = "") -> str:
    return client.get(f"/patients/{patient.pk}/alerts/{rest}").content.decode()


def posted(client: Client, alert: Alert, **changes: object):
    data = {
        "reason": "acted",
        "next_step": "note",
        "record_note": "Discussed with the patient.",
        "review_on": (timezone.localdate() + timedelta(days=10)).isoformat(),
        "version": alert.version,
    }
    return client.post(f"/patients/{alert.patient_id}/alerts/{alert.pk}/acknowledge/", data | changes)


def alert_of(patient: Patient, rule: str = "pet-progression") -> Alert:
    return Alert.objects.of(patient).open().get(rule=rule)


def test_the_worst_stands_open_and_the_rest_is_folded(house: House, alice: Client, patient: Patient) -> None:
    html = page(alice, patient)
    assert html.index("VEGF is rising") < html.index("FDG-PET shows progression")
    assert html.count('alert-fold"') == Alert.objects.of(patient).open().count() - 1


def test_why_names_facts_rule_thresholds_and_sources(house: House, alice: Client, patient: Patient) -> None:
    html = page(alice, patient)
    assert "480 pg/mL" in html
    assert "The latest value and the one before it" in html
    assert "Rests on:" in html


def test_every_page_of_the_patient_shows_only_the_worst(alice: Client, patient: Patient) -> None:
    html = alice.get(f"/patients/{patient.pk}/").content.decode()
    assert html.count('class="alert-strip ') == 1
    assert "VEGF is rising" in html
    assert "FDG-PET shows progression" not in html


def test_information_interrupts_nobody(house: House, alice: Client, today: date) -> None:
    other = registered(house.alice, record_number="A-2")
    treated(other, house.alice, ago(today, 200))
    read_on(other, today.isoformat())
    assert PatientSummary.objects.get(patient=other).worst_alert == "info"
    assert 'class="alert-strip ' not in alice.get(f"/patients/{other.pk}/").content.decode()


def test_a_note_as_next_step_is_written_with_the_acknowledgement(alice: Client, patient: Patient) -> None:
    assert posted(alice, alert_of(patient)).status_code == 302
    assert Occurrence.objects.get().text == "Discussed with the patient."
    assert alert_of(patient).review_on is not None


def test_an_examination_as_next_step_is_planned(alice: Client, patient: Patient, today: date) -> None:
    due = (today + timedelta(days=7)).isoformat()
    posted(alice, alert_of(patient), next_step="follow_up", kind="vegf", due=due)
    planned_item = FollowUp.objects.get()
    assert (planned_item.kind, planned_item.due.isoformat()) == ("vegf", due)
    assert alert_of(patient).next_step_id == planned_item.pk


def test_a_plan_as_next_step_opens_the_wizard(alice: Client, patient: Patient) -> None:
    answer = posted(alice, alert_of(patient), next_step="plan")
    assert (
        answer.headers["Location"]
        == f"/patients/{patient.pk}/plans/drafts/{Draft.objects.get().pk}/position/"
    )


def test_the_same_form_twice_makes_one_next_step(alice: Client, patient: Patient, today: date) -> None:
    form = {"submission": "6f9619ff-8b86-4011-b42d-00c04fc964ff", "kind": "vegf", "due": today.isoformat()}
    alert = alert_of(patient)
    for _ in range(2):
        assert posted(alice, alert, next_step="follow_up", **form).status_code == 302
    assert FollowUp.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"next_step": ""}, "A critical alert rests only if something is done"),
        ({"reason": ""}, "Choose why this alert may rest."),
        ({"reason": "other", "note": ""}, "Say in your words which other reason it is."),
        ({"record_note": ""}, "Write the note that says what is done."),
        ({"next_step": "follow_up"}, "Choose which examination is planned."),
        ({"next_step": "follow_up", "kind": "vegf", "due": "2020-01-01"}, "This day lies in the past"),
        ({"review_on": "2020-01-01"}, "Choose a day after today and no later than"),
        ({"review_on": "soon"}, "date"),
        ({"version": 0}, "This alert changed after you opened the page"),
    ],
)
def test_what_cannot_be_saved_is_said_and_nothing_typed_is_lost(
    alice: Client, patient: Patient, changes: dict[str, object], sentence: str
) -> None:
    answer = posted(alice, alert_of(patient), **{"note": "As discussed."} | changes)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    typed = "As discussed." if changes.get("note") is None else "Discussed with the patient."
    assert typed in answer.content.decode()
    assert alert_of(patient).acknowledged_at is None


def test_a_missing_answer_offers_no_acknowledging_but_the_place_to_give_it(
    house: House, alice: Client, today: date
) -> None:
    other = registered(house.alice, record_number="A-2")
    course = radiated(other, house.alice, ago(today, 125))
    read_on(other, today.isoformat())
    html = page(alice, other)
    assert f"/patients/{other.pk}/treatments/{course.pk}/" in html
    assert "it cannot be acknowledged" in html
    alert = alert_of(other, "rt-assess")
    posted(alice, alert)
    assert alert_of(other, "rt-assess").acknowledged_at is None


def test_its_open_follow_up_can_be_closed_instead(house: House, alice: Client, today: date) -> None:
    other = registered(house.alice, record_number="A-2")
    radiated(other, house.alice, ago(today, 125))
    dates = {"earliest": today, "due": today, "latest": today}
    planned(house.alice, item(kind="stability", **dates), patient=other, now=timezone.now())
    assert "Close the follow-up" in page(alice, other)


def test_not_stabilized_offers_the_wizard_after_radiation(house: House, alice: Client, today: date) -> None:
    other = registered(house.alice, record_number="A-2")
    radiated(other, house.alice, ago(today, 125), stabilized=False, stabilized_on=today)
    read_on(other, today.isoformat())
    assert 'name="line" value="after_radiation"' in page(alice, other)
    answer = alice.post(f"/patients/{other.pk}/plans/start/", {"line": "after_radiation"})
    wizard = alice.get(answer.headers["Location"]).content.decode()
    assert 'value="after_radiation" checked' in wizard
    assert not Draft.objects.get().answers.exists()


def test_a_changed_course_is_read_before_its_alerts_are_shown(
    house: House, alice: Client, today: date
) -> None:
    other = registered(house.alice, record_number="A-2")
    radiated(other, house.alice, ago(today, 125))
    assert "The question is open" in page(alice, other)


def test_the_statistics_count_by_rule_why_alerts_were_overridden(alice: Client, patient: Patient) -> None:
    posted(alice, alert_of(patient), reason="doubtful")
    answer = alice.get("/hospital/alerts/")
    [figures] = [row for row in answer.context["figures"] if row.rule == "pet-progression"]
    assert (figures.raised, figures.open, figures.acknowledged, figures.overridden) == (1, 1, 1, 1)
    assert figures.reasons == (("The value is doubtful", 1),)
    assert "Schulz" not in answer.content.decode()


def test_queries_do_not_grow_with_alerts(
    alice: Client, patient: Patient, django_assert_max_num_queries
) -> None:
    page(alice, patient)
    with django_assert_max_num_queries(19):
        page(alice, patient)
