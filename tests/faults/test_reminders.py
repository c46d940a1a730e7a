"""A reminder arrives although programs are killed on the way; a repeat is the same mail."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from monitoring.follow_ups.local_days import local_day
from monitoring.reminders.courier import Outcome
from monitoring.reminders.models import Digest
from supervisor.mail_sink import Mode
from tests.faults.conftest import Site, kill, wait_for
from tests.monitoring.follow_ups.builders import item, planned
from tests.monitoring.reminders.builders import inside, sweep_and_send


def test_beat_and_worker_send_what_is_due(site: Site) -> None:
    make_due(site, 3)
    site.start_worker()
    site.start_beat()
    wait_for(lambda: bool(site.sink.store.newest()), "the mail")
    assert [mail.subject for mail in site.sink.store.newest()] == ["3 items need you"]
    wait_for(lambda: digest(site).sent_at is not None, "the stamp")


def test_the_digest_of_a_worker_killed_while_sending_still_arrives(site: Site) -> None:
    make_due(site, 1)
    site.sink.mode = Mode.HANG
    worker = site.start_worker_with_beat()
    wait_for(lambda: bool(site.sink.seen), "a mail under way")
    kill(worker)
    site.sink.mode = Mode.ACCEPT
    site.start_worker_with_beat()
    wait_for(lambda: digest(site).sent_at is not None, "the stamp")
    assert len(site.sink.store.newest()) == 1
    assert set(site.sink.seen) == {digest(site).message_id}


def test_a_mail_accepted_from_a_worker_killed_before_its_stamp_comes_again_as_the_same_mail(
    site: Site, settings: Settings
) -> None:
    make_due(site, 1)
    site.sink.mute = True
    worker = site.start_worker_with_beat()
    wait_for(lambda: bool(site.sink.store.newest()), "the accepted mail")
    kill(worker)
    site.sink.mute = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", site.sink.port
    wait_for(lambda: sweep_and_send(timezone.now()) == [Outcome.SENT], "the sweep after the lease")
    assert [mail.message["Message-ID"] for mail in site.sink.store.newest()] == [digest(site).message_id] * 2


def make_due(site: Site, items: int) -> None:
    """Items of Alice's that fall due today, committed."""
    today = local_day(site.house.a, timezone.now())
    due_today = item(earliest=today, due=today, latest=today + timedelta(days=30))
    with transaction.atomic():
        for _ in range(items):
            planned(site.house.alice, due_today, now=timezone.now())


def digest(site: Site) -> Digest:
    with transaction.atomic(), inside(site.house.a):
        return Digest.objects.get()
