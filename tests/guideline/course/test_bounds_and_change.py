"""What a comparator proves, and how a change is shown."""

from decimal import Decimal

import pytest

from guideline.course.bounds import bounds_of
from guideline.course.change import bound_of_change, percent_change

LIMIT = Decimal(96)


@pytest.mark.parametrize(
    ("value", "comparator", "above"),
    [
        (97, None, True),
        (96, None, False),
        (96, ">", True),
        (96, ">=", False),
        (500, "<", False),
        (500, "<=", False),
    ],
)
def test_a_value_is_above_its_limit_only_if_every_allowed_value_is(value, comparator, above):
    assert bounds_of(Decimal(value), comparator).surely_above(LIMIT) is above


@pytest.mark.parametrize(
    ("value", "comparator", "within"),
    [
        (96, None, True),
        (97, None, False),
        (97, "<", False),
        (96, "<=", True),
        (96, "<", True),
        (1, ">", False),
    ],
)
def test_a_value_is_within_its_limit_only_if_every_allowed_value_is(value, comparator, within):
    assert bounds_of(Decimal(value), comparator).surely_at_most(LIMIT) is within


@pytest.mark.parametrize(
    ("value", "comparator", "reaches"),
    [(96, None, True), (95, None, False), (96, ">=", True), (95, ">", False)],
)
def test_reaching_a_limit_includes_the_limit(value, comparator, reaches):
    assert bounds_of(Decimal(value), comparator).surely_at_least(LIMIT) is reaches


@pytest.mark.parametrize(
    ("value", "comparator", "below"),
    [(95, None, True), (96, None, False), (96, "<", True), (96, "<=", False)],
)
def test_below_a_limit_excludes_the_limit(value, comparator, below):
    assert bounds_of(Decimal(value), comparator).surely_below(LIMIT) is below


def test_less_than_allows_everything_down_to_zero():
    assert bounds_of(Decimal(20), "<").low.number == 0


@pytest.mark.parametrize(
    ("baseline", "latest", "shown"),
    [
        ("1450", "180", "-87.6"),
        ("100", "150", "50.0"),
        ("1000", "1000", "0.0"),
        ("2000", "1999", "-0.1"),
        ("10000", "9999", "0.0"),
        ("2000", "2001", "0.1"),
        ("3", "2", "-33.3"),
        ("3", "1", "-66.7"),
    ],
)
def test_percentages_are_rounded_half_away_from_zero(baseline, latest, shown):
    assert str(percent_change(Decimal(baseline), Decimal(latest))) == shown


def test_a_baseline_of_zero_has_no_percentage():
    assert percent_change(Decimal(0), Decimal(5)) is None


@pytest.mark.parametrize(
    ("baseline", "latest", "bound"),
    [
        ((820, None), (400, None), None),
        ((820, None), (400, "<"), "at least"),
        ((820, None), (400, "<="), "at least"),
        ((820, None), (400, ">"), "at most"),
        ((820, ">"), (400, None), "at least"),
        ((820, "<"), (400, None), "at most"),
        ((400, None), (820, ">="), "at least"),
        ((400, None), (820, "<"), "at most"),
        ((400, ">"), (820, None), "at most"),
        ((820, ">"), (400, "<"), "at least"),
        ((820, "<"), (400, "<"), "uncertain"),
        ((400, None), (400, "<"), "at least"),
        ((400, None), (400, ">"), "at least"),
    ],
)
def test_a_bound_says_on_which_side_of_the_shown_change_the_true_one_lies(baseline, latest, bound):
    values = (Decimal(baseline[0]), baseline[1], Decimal(latest[0]), latest[1])
    assert bound_of_change(*values) == bound
