"""From one value to the next: the arrow, the size and the sentence that every page shows."""

from datetime import date
from decimal import Decimal

import pytest

from guideline.edition import load_edition
from monitoring.results.trend import PERCENT, POINTS, YES_OR_NO, Measured, Trend, trend_of, way_of

THEN, NOW = date(2025, 1, 2), date(2025, 6, 1)


def measured(text: str, on: date) -> Measured:
    sign = text[:1] if text[:1] in "<>" else ""
    return Measured(Decimal(text.lstrip("<>")), sign, on, f"{text} pg/mL")


def trend(then: str, now: str, way: str = PERCENT) -> Trend:
    return trend_of(measured(now, NOW), measured(then, THEN), way=way, role="baseline")


def test_a_fall_says_how_much_of_what_and_since_when() -> None:
    fall = trend("452", "64")
    assert fall.short == "↓ \N{MINUS SIGN}85.8 %"
    assert fall.words == "down 85.8 %, from 452 pg/mL on 2 January 2025 (baseline)"


@pytest.mark.parametrize(
    ("then", "now", "short"),
    [
        ("64", "64", "="),
        ("100", "<31", "↓ at least \N{MINUS SIGN}69 %"),
        ("<31", "100", "↑ at least +222.6 %"),
        ("<31", "31", "↑ at least 0 %"),
        ("<31", "<31", "?"),
        ("<31", "20", "?"),
        (">2000", "1500", "↓ at least \N{MINUS SIGN}25 %"),
        ("0", "12", "↑"),
        ("0", "0", "="),
    ],
)
def test_a_direction_is_told_only_where_every_value_of_a_bound_agrees(
    then: str, now: str, short: str
) -> None:
    assert trend(then, now).short == short


def test_a_score_changes_by_points() -> None:
    assert trend("7", "4", POINTS).short == "↓ \N{MINUS SIGN}3"


def test_a_test_turns_positive() -> None:
    now, then = Measured(Decimal(1), "", NOW, "positive"), Measured(Decimal(0), "", THEN, "negative")
    assert (
        trend_of(now, then, way=YES_OR_NO).words
        == "turned positive, from negative on 2 January 2025 (before)"
    )


@pytest.mark.parametrize(
    ("then", "now", "words"),
    [(Decimal(20), None, "now unable"), (None, Decimal(20), "able again"), (None, None, "still unable")],
)
def test_unable_is_no_number(then: Decimal | None, now: Decimal | None, words: str) -> None:
    said = trend_of(Measured(now, "", NOW, "now"), Measured(then, "", THEN, "then"))
    assert said.words.startswith(f"{words}, from then")


def test_only_scores_count_in_points() -> None:
    scales = load_edition().scales
    assert [way_of(scales[key]) for key in ("onls", "walk_10m_s")] == [POINTS, PERCENT]
    assert way_of(None) == PERCENT
