"""The admin's pages: the mails without what they are about, and when people are told."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Hospital
from accounts.roles import Role
from monitoring.follow_ups.local_days import local_day
from monitoring.reminders import presenters, queries
from monitoring.reminders.models import Digest
from patients.models import PatientSummary
from supervisor.mail_sink import MailSink, Mode
from supervisor.mail_store import MailStore
from tests.monitoring.follow_ups.builders import item, planned
from tests.monitoring.reminders.builders import DUE_MORNING, inside, lead, sweep_and_send
from tests.personas import House, member

LOG, SETTINGS = "/hospital/reminders/", "/hospital/reminders/settings/"


def text(client: Client, address: str = LOG) -> str:
    return client.get(address).content.decode()


def given(house: House, **changes: object) -> dict[str, object]:
    """What a browser sends that changed nothing but ``changes``."""
    form = Client()
    form.force_login(house.ada.user)
    fields = form.get(SETTINGS).context["form"].initial
    return {name: "" if value is None else value for name, value in fields.items()} | changes


def test_a_sent_mail_is_in_the_log_with_its_hour_on_the_hospitals_clock(
    house: House, ada: Client, mailbox: MailStore
) -> None:
    planned(house.alice)
    sweep_and_send()
    page = text(ada)
    assert "Alice Amann" in page
    assert "1 Jun, 08:00" in page
    assert "VEGF" not in page


def test_a_refused_mail_shows_the_servers_code(house: House, sink: MailSink) -> None:
    planned(house.alice)
    sink.mode = Mode.REFUSE
    sweep_and_send()
    with inside(house.a):
        (row,) = presenters.rows(queries.log_of(house.ada), house.a)
    assert (row.mark, row.state) == ("critical", "Refused")
    assert "(554)" in row.sentence


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "Waiting"),
        ({"attempts": 2, "lease_until": DUE_MORNING}, "Put off"),
        ({"closed_unsent_at": DUE_MORNING}, "Not sent"),
    ],
)
def test_the_log_says_what_becomes_of_a_mail(house: House, fields: dict, state: str) -> None:
    digest = Digest(recipient=house.alice.user, local_date=date(2026, 6, 1), **fields)
    assert presenters.rows([digest], house.a)[0].state == state


def test_what_is_to_come_is_counted_by_person_until_it_was_told(house: House, mailbox: MailStore) -> None:
    planned(house.alice)
    planned(house.alice)
    today = DUE_MORNING.date()
    with inside(house.a):
        (mail,) = queries.to_come(house.a, today, today)
    assert (mail.day, mail.name, mail.why) == (today, "Alice Amann", "2 due")
    sweep_and_send()
    with inside(house.a):
        assert queries.to_come(house.a, today, today) == []


def test_the_page_names_tomorrows_mails(house: House, ada: Client) -> None:
    tomorrow = local_day(house.a, timezone.now()) + timedelta(days=1)
    planned(house.alice, item(earliest=tomorrow, due=tomorrow, latest=tomorrow), now=timezone.now())
    assert "Alice Amann" in text(ada)


def test_another_hospitals_mails_are_not_in_the_log(house: House, ada: Client, mailbox: MailStore) -> None:
    planned(house.carlos)
    sweep_and_send()
    assert "Carlos" not in text(ada)


def test_a_hospital_without_a_lead_is_told_so(house: House, ada: Client) -> None:
    assert "No lead clinician" in text(ada)
    lead(house.a, house.alice)
    assert "No lead clinician" not in text(ada)


def test_the_settings_are_saved(house: House, ada: Client) -> None:
    ada.post(
        SETTINGS, given(house, lead_clinician_id=house.alice.user_id, digest_hour=6, remind_lead_days=60)
    )
    hospital = Hospital.objects.get(pk=house.a.pk)
    assert (hospital.lead_clinician, hospital.digest_hour, hospital.remind_lead_days) == (
        house.alice.user,
        6,
        60,
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"lead_clinician_id": ""}, "Choose who leads"),
        ({"remind_deputy_days": "7"}, "later than overdue: after day 7"),
        ({"remind_lead_days": "21"}, "later than the deputy: after day 21"),
        ({"remind_soon_days": "91"}, "from 0 to 90"),
        ({"remind_overdue_days": "soon"}, "from 1 to 365"),
        ({"alert_lead_days": "2"}, "later than the deputy: after day 2"),
        ({"alert_deputy_days": "0"}, "from 1 to 29"),
        ({"digest_hour": "24"}, "24 is not one of the available choices"),
    ],
)
def test_bad_settings_get_a_sentence_and_change_nothing(
    house: House, ada: Client, changes: dict[str, str], sentence: str
) -> None:
    answer = ada.post(SETTINGS, given(house, **{"lead_clinician_id": house.alice.user_id, **changes}))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Hospital.objects.get(pk=house.a.pk).lead_clinician is None


def test_a_coordinator_or_a_stranger_cannot_lead(house: House, ada: Client) -> None:
    nurse = member("Nora Nurse", house.a, [Role.COORDINATOR])
    for person in (nurse, house.carlos):
        assert ada.post(SETTINGS, given(house, lead_clinician_id=person.user_id)).status_code == 422


def test_the_second_of_two_admins_is_told_what_changed(house: House, ada: Client) -> None:
    opened = given(house, lead_clinician_id=house.alice.user_id, remind_lead_days=50)
    Hospital.objects.filter(pk=house.a.pk).update(digest_hour=5)
    answer = ada.post(SETTINGS, opened)
    assert "Hour of the daily mail: 05:00" in answer.content.decode()
    assert Hospital.objects.get(pk=house.a.pk).remind_lead_days == 42
    again = opened | {"seen": answer.context["form"].data["seen"]}
    assert ada.post(SETTINGS, again).status_code == 302


def test_other_days_change_from_when_on_a_patient_is_overdue(house: House, ada: Client) -> None:
    planned(house.alice)
    ada.post(SETTINGS, given(house, lead_clinician_id=house.alice.user_id, remind_overdue_days=1))
    with inside(house.a):
        assert PatientSummary.objects.get().overdue_from == date(2026, 7, 2)
