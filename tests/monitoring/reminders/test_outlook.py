"""The preview of the next ninety days tells what the sweep will tell, and when."""

from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.roles import Role
from monitoring.follow_ups.local_days import local_time
from monitoring.reminders import queries
from monitoring.reminders.models import DigestLine
from supervisor.mail_store import MailStore
from tests.monitoring.follow_ups.builders import DUE, LATEST, item, planned
from tests.monitoring.reminders.builders import DUE_MORNING, deactivate, inside, lead, sweep_and_send
from tests.personas import House, member, registered

ONE_DAY = timedelta(days=1)
FIRST = date(2026, 5, 4)  # a Monday


def told(house: House, first: date = FIRST) -> list[tuple[date, str, str]]:
    with inside(house.a):
        return [(mail.day, mail.name, mail.why) for mail in queries.to_come(house.a, first)]


def test_each_stage_is_expected_on_its_first_day(house: House) -> None:
    planned(house.alice)
    assert told(house)[:3] == [
        (date(2026, 5, 18), "Alice Amann", "1 coming up"),
        (DUE, "Alice Amann", "1 due"),
        (date(2026, 7, 8), "Alice Amann", "1 overdue"),
    ]


def test_the_deputys_and_the_leads_mail_are_expected_too(house: House) -> None:
    lead(house.a, member("Dora Dahl", house.a, [Role.CLINICIAN]))
    planned(house.alice)
    days = [day for day, name, _ in told(house, date(2026, 7, 9)) if name == "Dora Dahl"]
    assert days == [LATEST + timedelta(days=21), LATEST + timedelta(days=42)]


def test_what_is_overdue_already_comes_with_the_first_mail(house: House) -> None:
    planned(house.alice)
    assert told(house, date(2026, 7, 15))[0] == (date(2026, 7, 15), "Alice Amann", "1 overdue")


def test_what_falls_on_a_weekend_is_expected_on_monday_where_mails_rest(house: House) -> None:
    planned(house.alice, item(due=date(2026, 6, 6)))
    assert date(2026, 6, 6) in [day for day, _, _ in told(house)]
    house.a.digest_on_weekends = False
    assert date(2026, 6, 8) in [day for day, _, _ in told(house)]
    assert date(2026, 6, 6) not in [day for day, _, _ in told(house)]


def test_nothing_is_expected_after_ninety_days(house: House) -> None:
    planned(house.alice, item(due=FIRST + timedelta(days=104), latest=FIRST + timedelta(days=200)))
    assert [day for day, _, _ in told(house)] == [FIRST + timedelta(days=90)]


def test_of_somebody_who_cannot_act_the_mail_is_expected_at_the_next_in_line(house: House) -> None:
    lead(house.a, member("Dora Dahl", house.a, [Role.CLINICIAN]))
    planned(house.alice)
    deactivate(house.alice)
    assert {name for _, name, _ in told(house)} == {"Dora Dahl"}


@pytest.mark.parametrize("weekends", [True, False])
def test_the_sweeps_of_ninety_days_tell_exactly_what_was_expected(
    house: House, mailbox: MailStore, weekends: bool
) -> None:
    house.a.digest_on_weekends = weekends
    house.a.save()
    lead(house.a, member("Dora Dahl", house.a, [Role.CLINICIAN]))
    planned(house.alice, item(), item(due=date(2026, 6, 20), overdue_at_once=True))
    expected = told(house)
    morning = DUE_MORNING - (DUE - FIRST)
    for days in range(91):
        sweep_and_send(morning + days * ONE_DAY)
    with inside(house.a):
        rows = DigestLine.objects.values_list("digest__local_date", "recipient__full_name").distinct()
        assert sorted(rows) == sorted((day, name) for day, name, _ in expected)
    assert local_time(house.a, morning).date() == FIRST


def test_a_plan_that_is_not_signed_shows_what_it_will_bring(house: House) -> None:
    patient = registered(house.alice)
    mails = queries.to_come_of_plan(
        patient=patient, items=[item()], responsible=house.alice.user, hospital=house.a, first=FIRST
    )
    assert [(mail.day, mail.name) for mail in mails][:2] == [
        (date(2026, 5, 18), "Alice Amann"),
        (DUE, "Alice Amann"),
    ]
    assert mails[0].items[0][0].title == "VEGF and blood"


def test_the_admins_page_names_people_and_stages_and_nothing_else(house: House, ada: Client) -> None:
    planned(house.alice, item(title="Serum VEGF", due=date(2099, 1, 1), latest=date(2099, 1, 2)))
    assert "No mail is to come" in ada.get("/hospital/reminders/to-come/").content.decode()
    planned(house.alice)
    page = ada.get("/hospital/reminders/to-come/").content.decode()
    assert "Alice Amann" in page
    assert "VEGF" not in page
