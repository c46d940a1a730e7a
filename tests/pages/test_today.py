"""Who waits stands on Today, the worst first, and nobody else's."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from accounts.trail.models import AccessEvent
from monitoring.alerts.actions import acknowledging
from monitoring.alerts.models import Alert
from patients.actions import care_team
from patients.models import Patient, PatientSummary, TeamRole
from poems_site.pages.today.presenters import age_in_words
from tests.monitoring.alerts.courses import radiated, read_on
from tests.monitoring.follow_ups.builders import item, planned
from tests.personas import NOW, House, member, registered
from tests.workflows.builders import died


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def a_patient(house: House, number: str, **summary: object) -> Patient:
    """A patient whose summary says what asks."""
    patient = registered(house.alice, record_number=number, family_name=f"Name-{number}")
    PatientSummary.objects.filter(patient=patient).update(**summary)
    return patient


def alert(rule: str, severity: str, urgency: int, since: date) -> dict[str, object]:
    return {
        "worst_alert": severity,
        "alert_rule": rule,
        "alert_urgency": urgency,
        "alert_since": since,
        "alert_count": 1,
    }


def shown(client: Client, who: str = "hospital", **more: str) -> list[str]:
    rows = client.get("/today/", {"who": who} | more).context["rows"]
    return [row.patient.record_number for row in rows]


def test_the_question_after_radiation_stands_before_everything_else(
    house: House, alice: Client, today: date
) -> None:
    """Four months after radiation without an answer: a warning, yet the first of all."""
    a_patient(house, "critical", **alert("pet-progression", "critical", 1, today - timedelta(days=90)))
    patient = registered(house.alice, record_number="radiation")
    radiated(patient, house.alice, (today - timedelta(days=122)).isoformat())
    read_on(patient, today.isoformat())
    assert shown(alice) == ["radiation", "critical"]


def test_the_order_is_urgency_and_then_who_waits_longest(house: House, alice: Client, today: date) -> None:
    day = timedelta(days=1)
    a_patient(house, "info", **alert("pet-due", "info", 4, today - 300 * day))
    a_patient(house, "overdue", overdue_from=today - day, overdue_title="VEGF")
    a_patient(house, "warning", **alert("vegf-rising", "warning", 2, today))
    a_patient(house, "newer", **alert("pet-progression", "critical", 1, today - day))
    a_patient(house, "older", **alert("pet-progression", "critical", 1, today - 9 * day))
    a_patient(house, "later", overdue_from=today + day, overdue_title="VEGF")
    assert shown(alice) == ["older", "newer", "warning", "overdue", "info"]


def test_an_overdue_follow_up_is_the_reason_where_only_information_asks(
    house: House, alice: Client, today: date
) -> None:
    both = alert("pet-due", "info", 4, today) | {"overdue_from": today, "overdue_title": "Echocardiography"}
    a_patient(house, "both", **both)
    [row] = alice.get("/today/", {"who": "hospital"}).context["rows"]
    assert (row.reason, row.also) == ("Overdue: Echocardiography", ("1 more alert",))


def test_mine_are_my_patients_my_follow_ups_and_what_was_handed_to_me(
    house: House, alice: Client, today: date
) -> None:
    bert = member("Bert Bauer", house.a, [Role.CLINICIAN])
    asks = alert("vegf-rising", "warning", 2, today)
    a_patient(house, "nobody's", **asks)
    on_team(house, a_patient(house, "team", **asks), house.alice, TeamRole.RESPONSIBLE)
    on_team(house, a_patient(house, "bert's", **asks), bert, TeamRole.RESPONSIBLE)
    planned(house.alice, item(), patient=a_patient(house, "follow-up", **asks))
    handed = a_patient(house, "handed", **asks)
    radiated(handed, house.alice, (today - timedelta(days=122)).isoformat())
    read_on(handed, today.isoformat())
    acknowledging.hand_over(
        alert=Alert.objects.get(rule="rt-assess"),
        to=house.alice.user,
        note="",
        submission=uuid4(),
        expected_version=1,
        by=bert,
        now=timezone.now(),
    )
    assert set(shown(alice, "mine")) == {"team", "follow-up", "handed"}


def test_as_deputy_shows_those_i_stand_in_for(house: House, alice: Client, today: date) -> None:
    asks = alert("vegf-rising", "warning", 2, today)
    on_team(house, a_patient(house, "deputy", **asks), house.alice, TeamRole.DEPUTY)
    on_team(house, a_patient(house, "responsible", **asks), house.alice, TeamRole.RESPONSIBLE)
    assert shown(alice, "deputy") == ["deputy"]


def on_team(house: House, patient: Patient, person, role: TeamRole) -> None:
    care_team.assign(
        patient=patient,
        user=person.user,
        role=role,
        started_on=date(2026, 1, 1),
        ended_on=None,
        submission=uuid4(),
        by=house.alice,
        now=NOW,
    )


def test_the_dead_wait_for_nothing(house: House, alice: Client, today: date) -> None:
    patient = a_patient(house, "dead", **alert("vegf-rising", "warning", 2, today))
    died(patient, house.alice)
    assert shown(alice) == []


def test_no_patient_of_another_hospital_is_shown(house: House, carlos: Client, today: date) -> None:
    a_patient(house, "a", **alert("vegf-rising", "warning", 2, today))
    assert shown(carlos) == []


def test_three_empty_lists_say_three_things(house: House, alice: Client, ada: Client, today: date) -> None:
    assert "No patient yet" in alice.get("/today/").content.decode()
    a_patient(house, "a", **alert("vegf-rising", "warning", 2, today))
    assert "None of your patients waits" in alice.get("/today/").content.decode()
    PatientSummary.objects.update(
        worst_alert="", alert_rule="", alert_urgency=None, alert_since=None, alert_count=0
    )
    assert "Nobody waits today" in alice.get("/today/?who=hospital").content.decode()
    assert ada.get("/today/").status_code == 403


def test_pages_show_everybody_once(house: House, alice: Client, today: date) -> None:
    for number in range(45):
        a_patient(house, f"{number:02}", **alert("vegf-rising", "warning", 2, today))
    first = alice.get("/today/?who=hospital")
    second = alice.get(first.context["next_url"])
    seen = [row.patient.record_number for page in (first, second) for row in page.context["rows"]]
    assert len(seen) == len(set(seen)) == 45


@pytest.mark.parametrize("query", ["who=everyone", "after=x", "after=00000000-0000-4000-8000-000000000000"])
def test_an_address_that_means_nothing_is_the_first_page(house: House, alice: Client, query: str) -> None:
    assert alice.get(f"/today/?{query}").status_code == 200


def test_queries_do_not_grow_with_patients(
    house: House, alice: Client, today: date, django_assert_max_num_queries
) -> None:
    for number in range(20):
        a_patient(house, f"{number:02}", **alert("rt-assess", "warning", 0, today))
    alice.get("/today/?who=hospital")
    with django_assert_max_num_queries(10):
        alice.get("/today/?who=hospital")


def test_the_trail_says_how_many_a_worklist_showed(house: House, alice: Client, today: date) -> None:
    for number in range(3):
        a_patient(house, f"{number:02}", **alert("rt-assess", "warning", 0, today))
    alice.get("/today/?who=hospital")
    assert AccessEvent.objects.filter(address="today").latest("id").shown == 3


def test_a_day_begins_here(house: House, alice: Client, ada: Client) -> None:
    assert alice.get("/").headers["Location"] == "/today/"
    assert ada.get("/").headers["Location"] == "/hospital/users/"


@pytest.mark.parametrize(
    ("since", "words"),
    [
        ("2026-05-01", "since today"),
        ("2026-04-30", "for 1 day"),
        ("2026-03-03", "for 59 days"),
        ("2026-03-01", "for 2 months"),
    ],
)
def test_an_age_is_told_in_days_and_then_in_months(since: str, words: str) -> None:
    assert age_in_words(date.fromisoformat(since), date(2026, 5, 1)) == words
