"""Status page, health, dead-man check, rate limit, attempts, and settings that would tell too much."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.roles import Role
from monitoring.reminders import health, tasks
from monitoring.reminders.actions import pulses, rates
from monitoring.reminders.models import Attempt, Part, Pulse
from monitoring.reminders.outcomes import Outcome
from supervisor.mail_sink import MailSink, Mode
from supervisor.mail_store import MailStore
from tests.monitoring.follow_ups.builders import planned
from tests.monitoring.reminders.builders import DUE_MORNING, inside, lead, sweep_and_send
from tests.personas import House, member

HEALTH, STATUS = "/hospital/reminders/healthz", "/hospital/reminders/status/"
HOUR = timedelta(hours=1)


def ids_of(settings_or_checks: list) -> list[str]:
    return [check.id for check in settings_or_checks]


@pytest.mark.parametrize(("hours", "status"), [(25.9, 200), (26.1, 503)])
def test_after_26_hours_without_a_look_the_machines_are_told(db: None, hours: float, status: int) -> None:
    pulses.beat(Part.SWEEP, now=timezone.now() - hours * HOUR)
    assert Client().get(HEALTH).status_code == status


def test_a_house_that_never_looked_stands_still(db: None) -> None:
    answer = Client().get(HEALTH)
    assert (answer.status_code, answer.json()) == (503, {"reminders": "standing still", "beat": "silent"})


def test_a_sweep_by_a_worker_shows_that_beat_lives(house: House) -> None:
    tasks.sweep()
    assert health.state(now=timezone.now()).beats


def test_the_command_for_cron_keeps_the_house_alive_without_beat(house: House) -> None:
    call_command("send_reminders", stdout=StringIO())
    state = health.state(now=timezone.now())
    assert (state.is_alive, state.beats) == (True, False)


def test_the_admins_are_told_of_a_standstill_once_a_day(house: House, mailbox: MailStore) -> None:
    for _ in range(2):
        with pytest.raises(SystemExit, match="1"):
            call_command("watch_reminders", stdout=StringIO())
    assert [(mail.recipients, mail.subject) for mail in mailbox.newest()] == [
        (("ada@a.example",), "Notices have stopped")
    ]


def test_while_reminders_run_nobody_is_told(house: House, mailbox: MailStore) -> None:
    pulses.beat(Part.SWEEP, now=timezone.now())
    call_command("watch_reminders", stdout=StringIO())
    assert mailbox.newest() == []


def test_without_a_mail_server_the_watch_tries_again(house: House, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(SystemExit):
        call_command("watch_reminders", stdout=StringIO())
    assert not Pulse.objects.filter(part=Part.WARNING).exists()


def test_the_status_page_says_what_is_wrong_and_the_cure(house: House, ada: Client) -> None:
    page = ada.get(STATUS).content.decode()
    assert "Stands still" in page
    assert "Required: some items would reach nobody." in page
    lead(house.a, house.alice)
    tasks.sweep()
    page = ada.get(STATUS).content.decode()
    assert "Stands still" not in page
    assert "Named" in page


def test_the_status_page_is_red_where_the_lead_may_not_act_any_more(house: House, ada: Client) -> None:
    leo = member("Leo Lang", house.a, [Role.CLINICIAN])
    lead(house.a, leo)
    assert "Not reached" not in ada.get(STATUS).content.decode()
    leo.is_active = False
    leo.save()
    assert "Not reached" in ada.get(STATUS).content.decode()


def test_the_log_warns_of_a_standstill(house: House, ada: Client) -> None:
    assert "Reminders stand still" in ada.get("/hospital/reminders/").content.decode()


def test_each_attempt_is_noted_without_content(house: House, sink: MailSink, ada: Client) -> None:
    planned(house.alice)
    sink.mode = Mode.DEFER
    sweep_and_send()
    sink.mode = Mode.ACCEPT
    sweep_and_send(DUE_MORNING + timedelta(minutes=5))
    with inside(house.a):
        tries = list(Attempt.objects.order_by("at").values_list("outcome", "code"))
    assert tries == [("not accepted", 451), ("sent", None)]
    assert "not accepted (451), by " in ada.get("/hospital/reminders/").content.decode()


def test_another_hospitals_attempts_are_not_there(house: House, mailbox: MailStore) -> None:
    planned(house.carlos)
    sweep_and_send()
    with inside(house.a):
        assert not Attempt.objects.exists()


def test_no_more_mails_leave_in_a_minute_than_the_limit(
    house: House, mailbox: MailStore, settings: Settings
) -> None:
    settings.REMINDER_MAILS_PER_MINUTE = 2
    for name in ("Bert Bauer", "Cora Cohn", "Dora Dahl"):
        planned(house.alice, responsible=member(name, house.a, [Role.CLINICIAN]).user)
    assert sorted(sweep_and_send()) == [Outcome.LATER, Outcome.SENT, Outcome.SENT]
    assert sweep_and_send(DUE_MORNING + timedelta(seconds=59)) == [Outcome.LATER]
    assert sweep_and_send(DUE_MORNING + timedelta(seconds=60)) == [Outcome.SENT]
    assert len(mailbox.newest()) == 3


def test_without_a_limit_every_mail_may_go(db: None) -> None:
    assert rates.take(5_000, now=DUE_MORNING) == 5_000


def test_the_settings_as_shipped_tell_nothing() -> None:
    found = ids_of(run_checks(tags=["security"]))
    assert [one for one in found if one.startswith("reminders.")] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEFAULT_FROM_EMAIL", "POEMS clinic <notices@a.example>"),
        ("REMINDER_SUBJECT", "{count} patients need you"),
        ("REMINDER_LIST_ID", "haematology.a.example"),
        ("REMINDER_BOUNCE_ADDRESS", "myeloma@a.example"),
        ("SITE_URL", "https://poems.a.example"),
    ],
)
def test_a_setting_that_tells_is_an_error(settings: Settings, name: str, value: str) -> None:
    setattr(settings, name, value)
    assert "reminders.E001" in ids_of(run_checks(tags=["security"]))


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"EMAIL_HOST": "smtp.a.example"}, ["reminders.W002"]),
        ({"EMAIL_HOST": "smtp.a.example", "EMAIL_HOST_USER": "notices"}, ["reminders.E003"]),
        ({"EMAIL_HOST": "smtp.a.example", "EMAIL_HOST_USER": "notices", "EMAIL_USE_TLS": True}, []),
        ({"EMAIL_USE_TLS": True, "EMAIL_USE_SSL": True}, ["reminders.E002"]),
    ],
)
def test_the_way_to_the_mail_server_is_checked(settings: Settings, changes: dict, found: list[str]) -> None:
    for name, value in changes.items():
        setattr(settings, name, value)
    mine = [one for one in ids_of(run_checks(tags=["security"])) if one.startswith("reminders.")]
    assert mine == found


def test_sender_list_subject_and_bounce_address_are_the_settings(
    house: House, mailbox: MailStore, settings: Settings
) -> None:
    settings.DEFAULT_FROM_EMAIL = "Notices <no-reply@a.example>"
    settings.REMINDER_LIST_ID = "notices.a.example"
    settings.REMINDER_BOUNCE_ADDRESS = "bounces@a.example"
    settings.REMINDER_SUBJECT = "To do: {count}"
    planned(house.alice)
    sweep_and_send()
    (mail,) = mailbox.newest()
    assert (mail.message["From"], mail.message["List-Id"], mail.subject) == (
        "Notices <no-reply@a.example>",
        "<notices.a.example>",
        "To do: 1",
    )
    assert mail.sender.startswith("bounces+")
    assert mail.sender.endswith("@a.example")
