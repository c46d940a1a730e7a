"""The two ways reminders are run: Celery's tasks and the command for cron."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from monitoring.follow_ups.local_days import local_day
from monitoring.reminders import tasks
from monitoring.reminders.models import Digest
from poems_site.celery import app
from supervisor.mail_store import MailStore
from tests.monitoring.follow_ups.builders import item, planned
from tests.monitoring.reminders.builders import inside
from tests.personas import House


@pytest.fixture
def due_house(house: House) -> House:
    """One item of Alice's is due today, and the hospital's hour has come or not, as the clock has it."""
    today = local_day(house.a, timezone.now())
    planned(
        house.alice,
        item(earliest=today, due=today, latest=today + timedelta(days=30)),
        now=timezone.now(),
    )
    return house


def run(*options: str) -> str:
    out = StringIO()
    call_command("send_reminders", *options, stdout=out)
    return out.getvalue()


def test_the_command_sends_without_waiting_when_told(due_house: House, mailbox: MailStore) -> None:
    assert run("--now") == "sent: 1\n"
    assert len(mailbox.newest()) == 1


def test_the_command_says_when_nothing_waits(house: House) -> None:
    assert run("--now") == "No digest waits.\n"


def test_a_rehearsal_of_tomorrow_takes_tomorrows_digest(due_house: House, mailbox: MailStore) -> None:
    today = local_day(due_house.a, timezone.now())
    tomorrow = today + timedelta(days=1)
    run("--now")
    planned(due_house.alice, item(due=tomorrow, earliest=tomorrow, latest=tomorrow), now=timezone.now())
    assert run("--as-if-on", str(tomorrow)) == "sent: 1\n"
    with inside(due_house.a):
        assert {digest.local_date for digest in Digest.objects.all()} == {today, tomorrow}


def test_a_rehearsal_needs_a_day() -> None:
    with pytest.raises(CommandError, match="invalid fromisoformat value"):
        run("--as-if-on", "someday")


def test_the_sweep_hands_out_ids_only(due_house: House, mailbox: MailStore, monkeypatch) -> None:
    due_house.a.digest_hour = 0
    due_house.a.save()
    queued = []
    monkeypatch.setattr(tasks.send_digests, "apply_async", lambda args, **options: queued.append(args))
    assert tasks.sweep() == 1
    with inside(due_house.a):
        assert queued == [(str(due_house.a.pk), [str(Digest.objects.get().pk)])]
    assert tasks.send_digests(*queued[0]) == {"sent": 1}


def test_a_task_is_killed_before_its_claim_runs_out_and_before_it_is_given_to_another(settings) -> None:
    visibility = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    assert tasks.send_digests.time_limit < settings.REMINDER_LEASE_SECONDS
    assert max(tasks.send_digests.time_limit, app.conf.task_time_limit) < visibility


def test_tasks_survive_their_worker() -> None:
    assert (app.conf.task_acks_late, app.conf.task_reject_on_worker_lost) == (True, True)
    assert (app.conf.worker_prefetch_multiplier, app.conf.accept_content) == (1, ["json"])


def test_mails_and_long_jobs_wait_in_queues_of_their_own() -> None:
    app.loader.import_default_modules()
    route = app.amqp.router.route
    queues = {name: route({}, name)["queue"].name for name in app.tasks if name.startswith("monitoring.")}
    for long in ("monitoring.imports.tasks.work", "monitoring.alerts.tasks.read"):
        assert queues.pop(long) == "long"
    assert set(queues.values()) == {"mail"}


def test_every_periodic_task_exists() -> None:
    app.loader.import_default_modules()
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)
