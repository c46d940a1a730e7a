"""Whoever pauses has a cover, whoever cannot be reached is passed over, and somebody always hears."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Role
from accounts.scope import enter_hospital
from monitoring.follow_ups.local_days import local_day
from monitoring.reminders import queries
from monitoring.reminders.actions import mail_log, pauses
from monitoring.reminders.bounces import message_ids_of
from monitoring.reminders.models import Digest, Pause
from monitoring.reminders.recipients import unreachable_people
from supervisor.mail_store import MailStore
from tests.monitoring.follow_ups.builders import item, planned
from tests.monitoring.reminders.builders import DUE_MORNING, deactivate, inside, lead, sweep_and_send
from tests.personas import NOW, House, member, signed_in

ONE_DAY = timedelta(days=1)
TODAY = DUE_MORNING.date()

REPORT = """\
From: mailer-daemon@a.example
To: bounces@a.example
Content-Type: multipart/report; report-type=delivery-status; boundary=BB
MIME-Version: 1.0

--BB
Content-Type: text/plain

It could not be delivered.
--BB
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.a.example

Final-Recipient: rfc822; alice@a.example
Action: {action}
Status: 5.1.1
--BB
Content-Type: {kind}

Message-ID: {message_id}
Subject: 1 item needs you

--BB--
"""


@pytest.fixture
def dora(house: House) -> Membership:
    """A colleague who leads the hospital."""
    dora = member("Dora Dahl", house.a, [Role.CLINICIAN])
    lead(house.a, dora)
    return dora


def begin(house: House, cover: Membership, first: date = TODAY, days: int = 10) -> Pause:
    last = first + timedelta(days=days)
    enter_hospital(house.a.pk)
    return pauses.begin(cover=cover, first_on=first, last_on=last, today=first, by=house.alice, now=NOW)


def recipients(mailbox: MailStore) -> list[str]:
    return sorted(address for mail in mailbox.newest() for address in mail.recipients)


def came_back(house: House, days: int = 2) -> None:
    """The mails of so many days came back from Alice's address."""
    planned(house.alice, *[item(due=TODAY + n * ONE_DAY) for n in range(days)])
    for n in range(days):
        sweep_and_send(DUE_MORNING - 14 * ONE_DAY + n * ONE_DAY)
    with inside(house.a):
        Digest.objects.update(came_back_at=DUE_MORNING)


def test_during_a_pause_the_cover_is_told_instead(house: House, dora: Membership, mailbox: MailStore) -> None:
    cover = member("Bert Bauer", house.a, [Role.COORDINATOR])
    begin(house, cover)
    planned(house.alice)
    sweep_and_send()
    assert recipients(mailbox) == ["bert@a.example"]


@pytest.mark.parametrize("first", [TODAY + ONE_DAY, TODAY - 11 * ONE_DAY])
def test_before_and_after_the_pause_the_person_is_told(
    house: House, dora: Membership, mailbox: MailStore, first: date
) -> None:
    begin(house, dora, first)
    planned(house.alice)
    sweep_and_send()
    assert recipients(mailbox) == ["alice@a.example"]


def test_a_cover_who_has_left_is_passed_over(house: House, dora: Membership, mailbox: MailStore) -> None:
    cover = member("Bert Bauer", house.a, [Role.COORDINATOR])
    begin(house, cover)
    deactivate(cover)
    planned(house.alice)
    sweep_and_send()
    assert recipients(mailbox) == ["dora@a.example"]


def test_two_who_cover_each_other_and_both_pause_are_passed_over(
    house: House, dora: Membership, mailbox: MailStore
) -> None:
    bert = member("Bert Bauer", house.a, [Role.COORDINATOR])
    begin(house, bert)
    pauses.begin(cover=house.alice, first_on=TODAY, last_on=TODAY, today=TODAY, by=bert, now=NOW)
    planned(house.alice)
    sweep_and_send()
    assert recipients(mailbox) == ["dora@a.example"]


def test_a_pause_ended_early_is_over(house: House, dora: Membership, mailbox: MailStore) -> None:
    begin(house, dora)
    pauses.end(by=house.alice, now=NOW)
    planned(house.alice)
    sweep_and_send()
    assert recipients(mailbox) == ["alice@a.example"]


def test_thirty_days_are_the_most(house: House, dora: Membership) -> None:
    begin(house, dora, days=30)
    with pytest.raises(pauses.PauseRefusedError, match="30 days at most"):
        begin(house, dora, days=31)
    with pytest.raises(IntegrityError, match="pause_lasts_thirty_days"), transaction.atomic():
        Pause.objects.update(last_on=TODAY + timedelta(days=31))


def test_nobody_covers_themselves_and_no_stranger_does(house: House, dora: Membership) -> None:
    for cover in (house.alice, house.carlos, house.ada):
        with pytest.raises(pauses.PauseRefusedError, match="a colleague of this hospital"):
            begin(house, cover)


def test_the_page_begins_and_ends_a_pause(house: House, dora: Membership, alice: Client) -> None:
    today = local_day(house.a, timezone.now())
    where = "/hospital/reminders/pause/"
    posted = {"cover": str(dora.user_id), "first_on": str(today), "last_on": str(today + 31 * ONE_DAY)}
    assert "30 days at most" in alice.post(where, posted).content.decode()
    assert alice.post(where, posted | {"last_on": str(today + 5 * ONE_DAY)}).status_code == 302
    assert "Dora Dahl" in alice.get(where).content.decode()
    alice.post(where, {"end": "1"})
    assert queries.pause_of(house.alice, on=today) is None


def test_the_preview_follows_a_pause_day_by_day(house: House, dora: Membership) -> None:
    planned(house.alice)
    begin(house, dora, date(2026, 5, 15), days=10)
    with inside(house.a):
        told = [(mail.day, mail.name) for mail in queries.to_come(house.a, date(2026, 5, 10))][:2]
    assert told == [(date(2026, 5, 18), "Dora Dahl"), (date(2026, 6, 1), "Alice Amann")]


def test_after_two_mails_in_a_row_that_came_back_the_next_in_line_is_told(
    house: House, dora: Membership, mailbox: MailStore
) -> None:
    came_back(house)
    mailbox.clear()
    planned(house.alice)
    sweep_and_send()
    assert set(recipients(mailbox)) == {"dora@a.example"}


def test_one_that_came_back_and_one_that_arrived_are_no_reason(house: House, mailbox: MailStore) -> None:
    came_back(house)
    with inside(house.a):
        Digest.objects.filter(local_date=max(Digest.objects.values_list("local_date", flat=True))).update(
            came_back_at=None
        )
        assert unreachable_people(house.a.pk) == set()


def test_an_admin_may_trust_the_address_again(house: House, ada: Client, mailbox: MailStore) -> None:
    came_back(house)
    assert "is passed over" in ada.get("/hospital/reminders/").content.decode()
    trust = f"/hospital/reminders/people/{house.alice.user_id}/trust/"
    assert [ada.post(trust).status_code for _ in range(2)] == [302, 404]
    with inside(house.a):
        assert unreachable_people(house.a.pk) == set()


def test_where_nobody_can_be_reached_the_admins_hear_all_the_same(house: House, mailbox: MailStore) -> None:
    came_back(house)
    mailbox.clear()
    planned(house.alice)
    sweep_and_send()
    assert set(recipients(mailbox)) == {"ada@a.example"}


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_a_report_of_a_failure_names_the_mail(kind: str) -> None:
    report = REPORT.format(action="failed", kind=kind, message_id="<one@a.example>").encode()
    assert message_ids_of(report) == ["<one@a.example>"]


@pytest.mark.parametrize(
    "report",
    [
        REPORT.format(action="delayed", kind="message/rfc822", message_id="<one@a.example>").encode(),
        b"Subject: I am on holiday\r\n\r\nUntil Monday.",
        b"",
        b"\xff\xfe not a mail",
    ],
)
def test_anything_else_names_none(report: bytes) -> None:
    assert message_ids_of(report) == []


def test_the_command_notes_whose_mail_came_back(
    house: House, mailbox: MailStore, monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    planned(house.alice)
    sweep_and_send()
    with inside(house.a):
        digest = Digest.objects.get()
    report = tmp_path / "report"
    report.write_text(REPORT.format(action="failed", kind="message/rfc822", message_id=digest.message_id))
    with report.open() as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        call_command("note_bounces")
    with inside(house.a):
        assert Digest.objects.get().came_back_at is not None


def test_a_mail_is_sent_again_with_what_is_still_true(house: House, ada: Client, mailbox: MailStore) -> None:
    planned(house.alice)
    sweep_and_send()
    with inside(house.a):
        first = Digest.objects.get()
    assert ada.post(f"/hospital/reminders/mails/{first.pk}/again/").status_code == 302
    sweep_and_send(DUE_MORNING + timedelta(minutes=1))
    ids = [mail.message["Message-ID"] for mail in mailbox.newest()]
    assert (len(ids), len(set(ids))) == (2, 2)


def test_what_still_waits_is_not_sent_again(house: House, ada: Client) -> None:
    with inside(house.a):
        waiting = Digest.objects.create(
            hospital=house.a, recipient=house.alice.user, local_date=TODAY, created_at=NOW, message_id="<1@x>"
        )
        with pytest.raises(mail_log.NotEndedError):
            mail_log.send_again(digest_id=waiting.pk, by=house.ada, now=NOW)
    assert signed_in(house.carlos).post(f"/hospital/reminders/mails/{waiting.pk}/again/").status_code == 403
