"""An event that moves takes its open items along; the month and the feed show when things are due."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from icalendar import Calendar

from accounts.roles import Role
from monitoring.follow_ups.actions import anchors
from monitoring.follow_ups.events import events_of
from monitoring.follow_ups.models import Cause, FollowUp, FollowUpStatus, State
from monitoring.follow_ups.month import days_shown, month_asked
from tests.monitoring.follow_ups.builders import DUE, item, planned
from tests.monitoring.reminders.builders import deactivate
from tests.personas import NOW, House, member, registered

TRANSPLANTED = date(2026, 4, 1)
WEEK = timedelta(days=7)


def transplant(house: House) -> list[FollowUp]:
    """Two items that count from a transplantation on 1 April."""
    origin, patient = uuid4(), registered(house.alice)
    wanted = [item(anchor="transplant_day", anchored_on=TRANSPLANTED, due=DUE + n * WEEK) for n in range(2)]
    planned(house.alice, *wanted, patient=patient, origin=origin)
    return list(FollowUp.objects.order_by("due"))


def move(items: list[FollowUp], house: House, seen: date, to: date, **changes: object) -> list[FollowUp]:
    given = {"submission": uuid4(), "by": house.alice, "now": NOW} | changes
    first = items[0]
    return anchors.move(
        patient=first.patient, origin=first.origin, anchor="transplant_day", seen=seen, to=to, **given
    )


def address(first: FollowUp, day: date = TRANSPLANTED) -> str:
    return f"/patients/{first.patient_id}/follow-ups/events/{first.origin}/transplant_day/{day}/"


def dues() -> list[date]:
    return list(FollowUp.objects.order_by("due").values_list("due", flat=True))


def test_a_postponed_transplantation_moves_the_open_items_and_moving_back_undoes_it(house: House) -> None:
    items = transplant(house)
    move(items, house, TRANSPLANTED, TRANSPLANTED + WEEK)
    assert dues() == [DUE + WEEK, DUE + 2 * WEEK]
    assert FollowUpStatus.objects.latest("id").cause == Cause.ANCHOR
    move(items, house, TRANSPLANTED + WEEK, TRANSPLANTED)
    assert dues() == [DUE, DUE + WEEK]


def test_what_ended_does_not_move(house: House) -> None:
    items = transplant(house)
    FollowUp.objects.filter(pk=items[0].pk).update(state=State.CLOSED)
    assert [one.pk for one in move(items, house, TRANSPLANTED, TRANSPLANTED + WEEK)] == [items[1].pk]


def test_items_of_another_plan_do_not_move(house: House) -> None:
    items = transplant(house)
    planned(house.alice, item(anchor="transplant_day", anchored_on=TRANSPLANTED), patient=items[0].patient)
    assert len(move(items, house, TRANSPLANTED, TRANSPLANTED + WEEK)) == 2


def test_whoever_saw_another_day_moves_nothing(house: House) -> None:
    items = transplant(house)
    move(items, house, TRANSPLANTED, TRANSPLANTED + WEEK)
    with pytest.raises(anchors.StaleAnchorError):
        move(items, house, TRANSPLANTED, TRANSPLANTED + 2 * WEEK)


def test_a_double_click_moves_once(house: House) -> None:
    items, submission = transplant(house), uuid4()
    for _ in range(2):
        move(items, house, TRANSPLANTED, TRANSPLANTED + WEEK, submission=submission)
    assert dues() == [DUE + WEEK, DUE + 2 * WEEK]


def test_the_page_shows_what_would_move_before_it_does(house: House, alice: Client) -> None:
    first = transplant(house)[0]
    posted = {"to": "2026-04-08", "note": "", "submission": str(uuid4())}
    page = alice.post(address(first), posted | {"preview": "1"}).content.decode()
    assert "8 Jun 2026" in page
    assert dues()[0] == DUE
    assert alice.post(address(first), posted).status_code == 302
    assert dues()[0] == DUE + WEEK


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ("2026-04-01", "count from this day already"),
        ("", "This field is required."),
        ("9999-01-01", "more than 20 years away"),
        ("next week", "is not a date"),
    ],
)
def test_a_bad_day_gets_a_sentence(house: House, alice: Client, to: str, sentence: str) -> None:
    answer = alice.post(address(transplant(house)[0]), {"to": to})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_where_the_record_has_another_day_the_page_offers_it(house: House) -> None:
    items = transplant(house)
    recorded = [("transplant_day", date(2026, 4, 9)), ("transplant_day", date(2027, 4, 1))]
    (event,) = events_of(items, recorded)
    assert (event.items, event.recorded_on) == (2, date(2026, 4, 9))
    assert events_of(items, [("transplant_day", TRANSPLANTED)])[0].recorded_on is None
    assert events_of(items, [("transplant_day", date(2027, 4, 1))])[0].recorded_on is None


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("2026-02", date(2026, 2, 1)),
        ("2026-13", date(2026, 5, 1)),
        ("0000-01", date(2026, 5, 1)),
        ("9999-12", date(2026, 5, 1)),
        ("June", date(2026, 5, 1)),
        ("", date(2026, 5, 1)),
    ],
)
def test_a_month_that_cannot_be_read_is_the_present_one(text: str, first: date) -> None:
    assert month_asked(text, on=date(2026, 5, 20)) == first


def test_a_month_is_shown_in_whole_weeks() -> None:
    assert days_shown(date(2026, 6, 1)) == (date(2026, 6, 1), date(2026, 7, 5))


def test_the_calendar_shows_the_days_items(house: House, alice: Client, carlos: Client) -> None:
    planned(house.alice)
    assert "VEGF and blood" in alice.get("/follow-ups/calendar/?month=2026-06").content.decode()
    assert "Nothing open is due" in alice.get("/follow-ups/calendar/?month=2026-09").content.decode()
    assert "VEGF" not in carlos.get("/follow-ups/calendar/?month=2026-06&who=all").content.decode()


def test_a_full_day_is_cut_and_says_so(house: House, alice: Client, django_assert_max_num_queries) -> None:
    planned(house.alice, *[item() for _ in range(9)])
    with django_assert_max_num_queries(12):
        page = alice.get("/follow-ups/calendar/?month=2026-06").content.decode()
    assert "and 3 more" in page


def test_the_feed_tells_days_and_nothing_else(house: House, alice: Client) -> None:
    planned(house.alice, item(title="Serum VEGF"))
    text = Client().get(feed_address(alice)).content.decode()
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert (event["dtstart"].dt, str(event["summary"])) == (DUE, "An item is due")
    assert not any(word in text for word in ("VEGF", "Schulz", "Maria", "vegf"))


def test_a_replaced_or_closed_address_opens_nothing(house: House, alice: Client) -> None:
    old = feed_address(alice)
    new = feed_address(alice)
    assert [Client().get(where).status_code for where in (old, new)] == [404, 200]
    alice.post("/follow-ups/feed/", {"close": "1"})
    assert Client().get(new).status_code == 404
    assert Client().get("/follow-ups/feed/guess.ics").status_code == 404


def test_a_person_who_left_has_no_feed(house: House, alice: Client) -> None:
    where = feed_address(alice)
    deactivate(house.alice)
    assert Client().get(where).status_code == 404


def test_a_feed_holds_nobody_elses_items(house: House, alice: Client, carlos: Client) -> None:
    planned(house.carlos)
    planned(house.alice, responsible=member("Bert Bauer", house.a, [Role.CLINICIAN]).user)
    assert b"VEVENT" not in Client().get(feed_address(alice)).content


def feed_address(client: Client) -> str:
    page = client.post("/follow-ups/feed/").context["address"]
    return page.removeprefix("http://localhost:8000")
