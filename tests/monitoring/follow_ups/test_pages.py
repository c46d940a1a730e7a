"""The pages of follow-ups, as browsers meet them."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from accounts.trail.models import AccessEvent
from monitoring.follow_ups.local_days import local_day
from monitoring.follow_ups.models import FollowUp, FollowUpStatus, State
from tests.monitoring.follow_ups.builders import item, planned
from tests.personas import House, member, signed_in


@pytest.fixture
def today(house: House) -> date:
    """The day where hospital A stands."""
    return local_day(house.a, timezone.now())


@pytest.fixture
def follow_up(house: House, today: date) -> FollowUp:
    """Due in thirty days, window open since yesterday."""
    return planned(
        house.alice,
        item(
            earliest=today - timedelta(days=1),
            due=today + timedelta(days=30),
            latest=today + timedelta(days=60),
        ),
        now=timezone.now(),
    )


def address(follow_up: FollowUp, page: str = "") -> str:
    part = f"{follow_up.pk}/{page}/" if page else ""
    return f"/patients/{follow_up.patient_id}/follow-ups/{part}"


def test_the_list_shows_what_i_answer_for(alice: Client, follow_up: FollowUp) -> None:
    page = alice.get("/follow-ups/").content.decode()
    assert "VEGF and blood" in page
    assert "Due in 30 days." in page


def test_a_colleagues_items_are_under_everybodys(house: House, follow_up: FollowUp) -> None:
    colleague = signed_in(member("Bert Bauer", house.a, [Role.COORDINATOR]))
    assert "Nothing waits for you" in colleague.get("/follow-ups/").content.decode()
    assert "Alice Amann" in colleague.get("/follow-ups/?who=all").content.decode()


def test_the_patients_page_tells_what_the_date_is_counted_from(alice: Client, follow_up: FollowUp) -> None:
    page = alice.get(address(follow_up)).content.decode()
    assert "Counted from the start of the line of treatment, 1 March 2026." in page


def test_moving_only_the_due_date_moves_the_window_along(
    alice: Client, follow_up: FollowUp, today: date
) -> None:
    answer = alice.post(address(follow_up, "reschedule"), _move(due=today))
    follow_up.refresh_from_db()
    assert answer.status_code == 302
    assert (follow_up.due, follow_up.latest) == (today, today + timedelta(days=30))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("due", "", "This field is required."),
        ("due", "2026-02-30", "30 February 2026 does not exist"),
        ("due", "2020-01-01", "lies in the past"),
        ("due", "9999-12-31", "more than 20 years ahead"),
        ("latest", "9999-12-31", "more than 20 years ahead"),
        ("earliest", "9999-12-31", "must not open after the due date"),
        ("latest", "2020-01-01", "must not close before the due date"),
        ("note", "x" * 10_000, "at most 500 characters"),
    ],
)
def test_bad_input_gets_a_sentence_and_changes_nothing(
    alice: Client, follow_up: FollowUp, field: str, value: str, sentence: str
) -> None:
    answer = alice.post(address(follow_up, "reschedule"), _move(due=follow_up.due) | {field: value})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert FollowUpStatus.objects.count() == 1


def test_a_stale_form_says_what_stands_now(alice: Client, follow_up: FollowUp, today: date) -> None:
    alice.post(address(follow_up, "reschedule"), _move(due=today))
    answer = alice.post(address(follow_up, "reschedule"), _move(due=today + timedelta(days=3)))
    assert answer.status_code == 422
    assert f"it is due on {today:%-d %b %Y}" in answer.content.decode()


def test_closing_needs_an_outcome(alice: Client, follow_up: FollowUp) -> None:
    answer = alice.post(address(follow_up, "close"), _close(outcome=""))
    assert "Choose what became of it." in answer.content.decode()


def test_done_needs_its_day(alice: Client, follow_up: FollowUp) -> None:
    answer = alice.post(address(follow_up, "close"), _close(outcome="done"))
    assert "Give the day on which it was done." in answer.content.decode()


def test_what_was_declined_has_no_day(alice: Client, follow_up: FollowUp) -> None:
    answer = alice.post(address(follow_up, "close"), _close(outcome="declined", happened_on="2026-05-01"))
    assert "was not done has no day" in answer.content.decode()


@pytest.mark.parametrize(("outcome", "state"), [("done", State.DONE), ("declined", State.CLOSED)])
def test_an_ended_item_leaves_the_list(
    alice: Client, follow_up: FollowUp, today: date, outcome: str, state: State
) -> None:
    day = str(today) if outcome == "done" else ""
    alice.post(address(follow_up, "close"), _close(outcome=outcome, happened_on=day))
    follow_up.refresh_from_db()
    assert follow_up.state == state
    assert "Nothing waits for you" in alice.get("/follow-ups/").content.decode()


def test_closing_what_is_closed_says_so(alice: Client, follow_up: FollowUp) -> None:
    alice.post(address(follow_up, "close"), _close(outcome="declined"))
    again = alice.post(address(follow_up, "close"), _close(outcome="too_ill") | {"version": "2"})
    assert "This follow-up is already closed." in again.content.decode()


def test_a_double_click_closes_once(alice: Client, follow_up: FollowUp) -> None:
    form = _close(outcome="declined")
    answers = [alice.post(address(follow_up, "close"), form).status_code for _ in range(2)]
    assert (answers, FollowUpStatus.objects.count()) == ([302, 302], 2)


@pytest.mark.parametrize("page", ["", "reschedule", "close"])
def test_a_colleague_of_another_hospital_gets_404(carlos: Client, follow_up: FollowUp, page: str) -> None:
    assert carlos.get(address(follow_up, page)).status_code == 404


def test_another_hospitals_items_are_not_in_the_list(carlos: Client, follow_up: FollowUp) -> None:
    assert "VEGF and blood" not in carlos.get("/follow-ups/?who=all").content.decode()


@pytest.mark.parametrize("page", ["", "reschedule", "close"])
def test_an_admin_is_refused(ada: Client, follow_up: FollowUp, page: str) -> None:
    assert ada.get(address(follow_up, page)).status_code == 403


def test_an_item_is_found_only_under_its_own_patient(
    house: House, alice: Client, follow_up: FollowUp
) -> None:
    other = planned(house.alice)
    wrong = f"/patients/{other.patient_id}/follow-ups/{follow_up.pk}/close/"
    assert alice.get(wrong).status_code == 404


def test_opening_a_form_is_noted(alice: Client, follow_up: FollowUp) -> None:
    alice.get(address(follow_up, "close"))
    event = AccessEvent.objects.get(patient_id=follow_up.patient_id)
    assert (event.address, event.kind) == ("follow_ups:close", "opened")


def _move(**changes: object) -> dict[str, str]:
    return _form({"due": "", "earliest": "", "latest": ""} | changes)


def _close(**changes: object) -> dict[str, str]:
    return _form({"outcome": "", "happened_on": ""} | changes)


def _form(fields: dict[str, object]) -> dict[str, str]:
    given = {"note": "", "version": "1", "submission": uuid4()} | fields
    return {name: str(value) for name, value in given.items()}


def test_what_must_not_wait_stands_above_what_is_longer_overdue(
    house: House, alice: Client, today: date
) -> None:
    past = {"earliest": today - timedelta(days=90), "latest": today - timedelta(days=20)}
    planned(
        house.alice,
        item(title="Nerve conduction", due=today - timedelta(days=60), **past),
        item(title="Stability", due=today - timedelta(days=50), overdue_at_once=True, **past),
        now=timezone.now() - timedelta(days=100),
    )
    page = alice.get("/follow-ups/").content.decode()
    assert page.index("Stability") < page.index("Nerve conduction")
