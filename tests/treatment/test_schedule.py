"""Follow-up dates, proposed from the guideline's schedules without a database."""

from datetime import date

import pytest

from guideline.edition import Edition, load_edition
from treatment.schedule import Proposal, Wishes, planned, proposals, suiting

START = date(2026, 8, 31)
TODAY = date(2026, 8, 1)


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_edition()


def proposed(edition: Edition, *, on: date = TODAY, **anchors: date) -> dict[str, Proposal]:
    wishes = Wishes(("systemic", "transplantation"), anchors)
    return {one.key: one for one in proposals(edition, wishes, on=on)}


def test_the_schedules_follow_the_chosen_sequence(edition: Edition) -> None:
    assert suiting(edition, ["lenalidomide_dex", "asct"]) == ("systemic", "transplantation")
    assert suiting(edition, ["radiation"]) == ("after_radiation",)


def test_months_are_calendar_months(edition: Edition) -> None:
    assert proposed(edition, line_start=START)["systemic.vegf-6.6"].due == date(2027, 2, 28)


def test_without_a_day_to_count_from_nothing_is_proposed(edition: Edition) -> None:
    assert proposed(edition) == {}


def test_from_transplantation_on_nothing_is_proposed_twice(edition: Edition) -> None:
    transplanted_on = date(2027, 3, 1)
    found = proposed(edition, line_start=START, transplant_day=transplanted_on).values()
    assert all(one.due < transplanted_on for one in found if one.anchor == "line_start")
    assert all(one.due > transplanted_on for one in found if one.anchor == "transplant_day")


def test_what_should_have_happened_before_enrolment_is_not_expected(edition: Edition) -> None:
    later = date(2027, 6, 1)
    found = proposed(edition, on=later, line_start=START)
    assert found["systemic.vegf-3.3"].is_past
    assert not found["systemic.vegf-12.12"].is_past


def test_the_window_is_past_only_after_its_last_day(edition: Edition) -> None:
    last = proposed(edition, line_start=START)["systemic.vegf-1.1"].latest
    assert not proposed(edition, on=last, line_start=START)["systemic.vegf-1.1"].is_past


def test_a_date_outside_its_window_widens_it(edition: Edition) -> None:
    late = date(2027, 12, 24)
    wishes = Wishes(("systemic",), {"line_start": START}, {"systemic.vegf-1.1": late})
    items = {one.key: item for one, item in planned(edition, wishes, on=TODAY)}
    item = items["systemic.vegf-1.1"]
    assert (item.due, item.latest) == (late, late)


def test_what_is_left_out_is_not_planned(edition: Edition) -> None:
    wishes = Wishes(("systemic",), {"line_start": START}, {}, frozenset({"systemic.vegf-1.1"}))
    assert "systemic.vegf-1.1" not in {one.key for one, _ in planned(edition, wishes, on=TODAY)}


def test_wishes_survive_being_stored() -> None:
    wishes = Wishes(("systemic",), {"line_start": START}, {"a": TODAY}, frozenset({"b"}))
    assert Wishes.from_plain(wishes.as_plain()) == wishes
