"""Who is told what, once; and what happens to a digest until its mail is gone."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Hospital, Membership
from accounts.roles import Role
from monitoring.follow_ups.actions import follow_ups
from monitoring.follow_ups.models import FollowUp, Reason
from monitoring.reminders.actions import claims
from monitoring.reminders.courier import Outcome
from monitoring.reminders.models import Digest, DigestLine
from monitoring.reminders.sweeping import Waiting, sweep
from supervisor.mail_store import MailStore
from tests.monitoring.follow_ups.builders import LATEST, planned
from tests.monitoring.reminders.builders import (
    DUE_MORNING,
    deactivate,
    inside,
    lead,
    lines_in,
    only_digest,
    send,
    sweep_and_send,
)
from tests.personas import House, member

ONE_DAY = timedelta(days=1)


def end(follow_up: FollowUp, by: Membership) -> None:
    with inside(by.hospital):
        follow_ups.close(
            follow_up=follow_up,
            reason=Reason.DIED,
            submission=uuid4(),
            expected_version=follow_up.version,
            by=by,
            now=DUE_MORNING,
        )


def move(follow_up: FollowUp, due: date, by: Membership) -> None:
    with inside(by.hospital):
        follow_ups.reschedule(
            follow_up=follow_up,
            earliest=due,
            due=due,
            latest=due + timedelta(days=30),
            submission=uuid4(),
            expected_version=follow_up.version,
            by=by,
            now=DUE_MORNING,
        )


def claim(waiting: Waiting, now=DUE_MORNING) -> claims.Claim | None:
    with inside(Hospital(pk=waiting.hospital_id)):
        taken = claims.claim(hospital_id=waiting.hospital_id, digest_ids=waiting.digest_ids, now=now)
    return taken[0] if taken else None


def test_a_due_item_is_told_to_the_responsible_person(house: House, mailbox: MailStore) -> None:
    planned(house.alice)
    assert sweep_and_send() == [Outcome.SENT]
    assert [mail.recipients for mail in mailbox.newest()] == [("alice@a.example",)]
    assert only_digest(house.a).sent_at == DUE_MORNING


def test_nothing_goes_out_before_the_hospitals_hour(house: House, mailbox: MailStore) -> None:
    planned(house.alice)
    assert sweep_and_send(DUE_MORNING - timedelta(hours=2)) == []
    assert mailbox.newest() == []


def test_a_missed_hour_is_made_up_once(house: House, mailbox: MailStore) -> None:
    planned(house.alice)
    afternoon = DUE_MORNING + timedelta(hours=9)
    assert sweep_and_send(afternoon) + sweep_and_send(afternoon + timedelta(minutes=1)) == [Outcome.SENT]


def test_two_items_of_one_person_make_one_mail(house: House, mailbox: MailStore) -> None:
    planned(house.alice)
    planned(house.alice)
    sweep_and_send()
    assert [mail.subject for mail in mailbox.newest()] == ["2 items need you"]


def test_a_stage_is_told_once_and_the_next_stage_again(house: House, mailbox: MailStore) -> None:
    planned(house.alice)
    for days in (-1, 0, 1, 36, 37, 38, 50):
        sweep_and_send(DUE_MORNING + days * ONE_DAY)
    assert [stage for stage, _ in lines_in(house.a)] == ["due", "overdue", "soon"]
    assert len(mailbox.newest()) == 3


def test_an_item_moved_to_another_day_is_told_again(house: House, mailbox: MailStore) -> None:
    follow_up = planned(house.alice)
    sweep_and_send()
    move(follow_up, due=date(2026, 6, 2), by=house.alice)
    sweep_and_send(DUE_MORNING + ONE_DAY)
    assert len(mailbox.newest()) == 2


def test_who_has_had_todays_mail_is_told_tomorrow(house: House, mailbox: MailStore) -> None:
    planned(house.alice)
    sweep_and_send()
    planned(house.alice)
    assert sweep_and_send(DUE_MORNING + timedelta(hours=1)) == []
    assert sweep_and_send(DUE_MORNING + ONE_DAY) == [Outcome.SENT]


def test_an_item_done_meanwhile_is_dropped_from_the_mail(house: House, mailbox: MailStore) -> None:
    done, stays = planned(house.alice), planned(house.alice)
    (waiting,) = sweep(now=DUE_MORNING)
    end(done, by=house.alice)
    send(waiting)
    assert mailbox.newest()[0].subject == "1 item needs you"
    with inside(house.a):
        assert DigestLine.objects.get().follow_up == stays


def test_a_digest_without_a_true_line_is_closed_unsent(house: House, mailbox: MailStore) -> None:
    follow_up = planned(house.alice)
    (waiting,) = sweep(now=DUE_MORNING)
    end(follow_up, by=house.alice)
    assert (send(waiting), mailbox.newest()) == ([Outcome.NOTHING_TO_SEND], [])
    assert only_digest(house.a).closed_unsent_at == DUE_MORNING


def test_a_person_deactivated_between_sweep_and_send_gets_nothing(house: House, mailbox: MailStore) -> None:
    lead(house.a, member("Dora Dahl", house.a, [Role.CLINICIAN]))
    planned(house.alice)
    (waiting,) = sweep(now=DUE_MORNING)
    deactivate(house.alice)
    send(waiting)
    assert mailbox.newest() == []
    sweep_and_send()
    assert [mail.recipients for mail in mailbox.newest()] == [("dora@a.example",)]


def test_a_claimed_digest_is_nobody_elses_until_the_lease_runs_out(house: House) -> None:
    planned(house.alice)
    (waiting,) = sweep(now=DUE_MORNING)
    first = claim(waiting)
    assert first is not None
    assert claim(waiting, now=DUE_MORNING + timedelta(seconds=119)) is None
    again = claim(waiting, now=DUE_MORNING + timedelta(seconds=120))
    assert again is not None
    assert again.message_id == first.message_id


def test_what_yesterday_could_not_send_is_in_todays_mail(house: House, settings, mailbox) -> None:
    planned(house.alice)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    sweep_and_send()
    settings.EMAIL_PORT = port
    assert sweep_and_send(DUE_MORNING + ONE_DAY) == [Outcome.SENT]
    with inside(house.a):
        assert Digest.objects.exclude(closed_unsent_at=None).count() == 1
        assert DigestLine.objects.get().digest.local_date == date(2026, 6, 2)


def test_a_mail_that_may_be_under_way_is_repeated_the_next_day_as_it_is(
    house: House, mailbox: MailStore
) -> None:
    planned(house.alice)
    (waiting,) = sweep(now=DUE_MORNING)
    killed = claim(waiting)
    assert killed is not None
    assert sweep_and_send(DUE_MORNING + ONE_DAY) == [Outcome.SENT]
    assert [mail.message["Message-ID"] for mail in mailbox.newest()] == [killed.message_id]


def test_one_person_has_one_digest_a_day(house: House) -> None:
    planned(house.alice)
    list(sweep(now=DUE_MORNING))
    copy = only_digest(house.a)
    copy.pk, copy.message_id = uuid4(), "<another@localhost>"
    with (
        inside(house.a),
        pytest.raises(IntegrityError, match="digest_is_one_per_person_and_day"),
        transaction.atomic(),
    ):
        copy.save(force_insert=True)


def test_one_line_is_told_once(house: House) -> None:
    planned(house.alice)
    list(sweep(now=DUE_MORNING))
    with inside(house.a):
        copy = DigestLine.objects.get()
        copy.pk = None
        with pytest.raises(IntegrityError, match="digest_line_is_told_once"), transaction.atomic():
            copy.save(force_insert=True)


def test_a_task_for_one_hospital_never_reads_another(house: House, mailbox: MailStore) -> None:
    planned(house.carlos)
    (of_b,) = sweep(now=DUE_MORNING)
    mistaken = Waiting(house.a.pk, of_b.digest_ids)
    assert (send(mistaken), mailbox.newest()) == ([Outcome.NOTHING_TO_SEND], [])


def test_each_hospital_is_told_of_its_own(house: House, mailbox: MailStore) -> None:
    planned(house.alice)
    planned(house.carlos)
    sweep_and_send()
    assert {mail.recipients[0] for mail in mailbox.newest()} == {"alice@a.example", "carlos@b.example"}
    assert (lines_in(house.a), lines_in(house.b)) == ([("due", "Alice Amann")], [("due", "Carlos Castro")])


def test_an_item_past_its_window_is_overdue_after_a_week(house: House, mailbox: MailStore) -> None:
    planned(house.alice)
    sweep_and_send(DUE_MORNING + (LATEST - DUE_MORNING.date()) + 7 * ONE_DAY)
    assert "Overdue: 1" in (mailbox.newest()[0].body("plain") or "")
