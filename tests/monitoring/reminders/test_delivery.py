"""What a mail server makes of a batch of digests: taken, put off, refused, broken off, silent."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from accounts.models import Membership
from accounts.roles import Role
from monitoring.reminders.actions.settling import LONGEST_PAUSE
from monitoring.reminders.courier import Outcome
from monitoring.reminders.delivery import deliver
from monitoring.reminders.models import Digest, DigestLine
from monitoring.reminders.sweeping import sweep
from supervisor.mail_sink import MailSink, Mode
from supervisor.mail_store import MailStore
from tests.monitoring.follow_ups.builders import planned
from tests.monitoring.reminders.builders import DUE_MORNING, inside, only_digest, sweep_and_send
from tests.personas import House, member

ONE_DAY = timedelta(days=1)
# The first pause is the lease of 120 s, and up to half of it more.
AFTER_A_PAUSE = DUE_MORNING + timedelta(minutes=3)


@pytest.fixture
def three(house: House) -> list[Membership]:
    """Three people of A, each with one item due."""
    people = [house.alice, *(member(name, house.a, [Role.CLINICIAN]) for name in ("Bert Bauer", "Cora Cohn"))]
    for person in people:
        planned(house.alice, responsible=person.user)
    return people


def test_a_batch_goes_over_one_connection(three: list[Membership], sink: MailSink) -> None:
    assert sweep_and_send() == [Outcome.SENT] * 3
    assert len({mail.recipients for mail in sink.store.newest()}) == 3
    assert sink.connections == 1


def test_a_mail_put_off_is_tried_again_after_a_pause(house: House, sink: MailSink) -> None:
    planned(house.alice)
    sink.mode = Mode.DEFER
    assert sweep_and_send() == [Outcome.NOT_ACCEPTED]
    sink.mode = Mode.ACCEPT
    assert sweep_and_send() == []
    assert sweep_and_send(DUE_MORNING + timedelta(seconds=119)) == []
    assert sweep_and_send(AFTER_A_PAUSE) == [Outcome.SENT]


def test_the_pause_grows_and_differs_from_digest_to_digest(three: list[Membership], sink: MailSink) -> None:
    sink.mode = Mode.DEFER
    for hours in range(4):
        sweep_and_send(DUE_MORNING + timedelta(hours=3 * hours))
    with inside(three[0].hospital):
        pauses = {digest.lease_until - DUE_MORNING - timedelta(hours=9) for digest in Digest.objects.all()}
    assert len(pauses) == 3
    assert all(timedelta(seconds=120 * 8) <= pause <= LONGEST_PAUSE * 1.5 for pause in pauses)


def test_without_a_mail_server_nothing_is_lost(house: House, settings: Settings, mailbox: MailStore) -> None:
    planned(house.alice)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert sweep_and_send() == [Outcome.NOT_ACCEPTED]
    settings.EMAIL_PORT = port
    assert sweep_and_send(AFTER_A_PAUSE) == [Outcome.SENT]


def test_a_mail_refused_for_good_is_parked_with_the_servers_code(house: House, sink: MailSink) -> None:
    planned(house.alice)
    sink.mode = Mode.REFUSE
    assert sweep_and_send() == [Outcome.REFUSED]
    sink.mode = Mode.ACCEPT
    assert sweep_and_send(DUE_MORNING + timedelta(hours=3)) == []
    digest = only_digest(house.a)
    assert (digest.refused_at, digest.refusal, digest.claimed_by) == (DUE_MORNING, 554, "")


def test_what_was_refused_is_told_anew_the_next_day(house: House, sink: MailSink) -> None:
    planned(house.alice)
    sink.mode = Mode.REFUSE
    sweep_and_send()
    sink.mode = Mode.ACCEPT
    assert sweep_and_send(DUE_MORNING + ONE_DAY) == [Outcome.SENT]
    with inside(house.a):
        assert DigestLine.objects.get().digest.local_date == date(2026, 6, 2)
        assert Digest.objects.get(local_date=date(2026, 6, 1)).refusal == 554


def test_a_server_that_breaks_off_after_the_mail_gets_the_same_mails_again(
    three: list[Membership], sink: MailSink
) -> None:
    sink.mode = Mode.DROP
    assert sweep_and_send() == [Outcome.IN_DOUBT] * 3
    sink.mode = Mode.ACCEPT
    assert sweep_and_send(AFTER_A_PAUSE) == [Outcome.SENT] * 3
    ids = [mail.message["Message-ID"] for mail in sink.store.newest()]
    assert (len(ids), len(set(ids))) == (6, 3)


def test_after_a_silent_server_the_rest_of_the_batch_is_given_back(
    three: list[Membership], sink: MailSink, settings: Settings
) -> None:
    settings.EMAIL_TIMEOUT = 0.3
    sink.mode = Mode.HANG
    assert sweep_and_send() == [Outcome.IN_DOUBT, Outcome.NOT_ACCEPTED, Outcome.NOT_ACCEPTED]
    with inside(three[0].hospital):
        assert Digest.objects.filter(claimed_by="").count() == 2


def test_what_the_time_of_a_batch_does_not_suffice_for_is_given_back(
    three: list[Membership], mailbox: MailStore
) -> None:
    (waiting,) = sweep(now=DUE_MORNING)
    moments = iter(range(0, 1000, 20))

    def slow_clock() -> datetime:
        return DUE_MORNING + timedelta(seconds=next(moments))

    sent = deliver(hospital_id=waiting.hospital_id, digest_ids=waiting.digest_ids, clock=slow_clock)
    assert list(sent.values()) == [Outcome.SENT, Outcome.NOT_ACCEPTED, Outcome.NOT_ACCEPTED]


def test_an_address_that_cannot_be_written_stops_no_other_mail(
    three: list[Membership], mailbox: MailStore
) -> None:
    user = three[0].user
    user.email = "alice\n@a.example"
    user.save()
    assert sorted(sweep_and_send()) == [Outcome.REFUSED, Outcome.SENT, Outcome.SENT]


def test_a_digest_has_one_end(house: House, mailbox: MailStore) -> None:
    planned(house.alice)
    sweep_and_send()
    with (
        inside(house.a),
        pytest.raises(IntegrityError, match="digest_has_one_end"),
        transaction.atomic(),
    ):
        Digest.objects.update(refused_at=DUE_MORNING)
