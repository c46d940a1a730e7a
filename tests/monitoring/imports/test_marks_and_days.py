"""Decimal signs and orders of days: told by the file, or refused; never off by a thousand."""

from datetime import date, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from monitoring.imports.days import DayError, read_moment, settle_order
from monitoring.imports.marks import OTHER, read_with, settle
from monitoring.results.numbers import NumberError

BERLIN = ZoneInfo("Europe/Berlin")
NUMBERS = st.decimals(0, 999_999_999, places=3, allow_nan=False)


def written(number: Decimal, mark: str, *, grouped: bool) -> str:
    """As a laboratory prints it."""
    text = f"{number:,f}" if grouped else f"{number:f}"
    return text.replace(",", " ").replace(".", mark).replace(" ", OTHER[mark])


@given(NUMBERS, st.sampled_from([".", ","]), st.booleans())
def test_a_number_is_read_exactly_once_the_file_tells_its_sign(
    number: Decimal, mark: str, grouped: bool
) -> None:
    text = written(number, mark, grouped=grouped)
    settled = settle([text, f"12{mark}5"])
    assert settled.mark == mark
    assert read_with(text, settled.mark).number == number


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from([".", ","]))
def test_three_digits_after_a_sign_are_never_guessed(whole: int, rest: int, mark: str) -> None:
    text = f"{whole}{mark}{rest:03}"
    assert settle([text]).mark == ""
    with pytest.raises(NumberError, match="no other number of the file tells"):
        read_with(text, "")


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["1,450", "1.5"], "."), (["1,450", "1,25"], ","), (["1.450,5"], ","), (["1,450.5"], "."),
        (["1,234,567"], "."), (["0,125"], ","), (["1450.125"], "."), (["<0.125"], "."), (["1450", "<20"], ""),
        (["1.5", "2,5"], ""),
    ],
)  # fmt: skip
def test_a_file_tells_its_sign_by_numbers_that_have_one_reading(texts: list[str], mark: str) -> None:
    assert settle(texts).mark == mark


def test_a_number_against_the_sign_of_its_file_is_refused() -> None:
    with pytest.raises(NumberError, match="does not fit this file"):
        read_with("1,45", ".")


@pytest.mark.parametrize(
    ("texts", "order"),
    [(["03/04/2026"], ""), (["03/04/2026", "31/01/2026"], "day"), (["1-31-2020", "1-2-2020"], "month"),
     (["31/01/2020", "01/31/2020"], "")],
)  # fmt: skip
def test_the_order_of_day_and_month_is_told_by_days_above_twelve(texts: list[str], order: str) -> None:
    assert settle_order(texts).order == order


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from("/.-"))
def test_a_day_is_read_back_in_the_order_of_its_file(day: date, sign: str) -> None:
    assert read_moment(f"{day:%d}{sign}{day:%m}{sign}{day:%Y}", "day", BERLIN).on == day
    assert read_moment(f"{day:%m}{sign}{day:%d}{sign}{day:%Y}", "month", BERLIN).on == day


def test_a_day_with_two_readings_is_refused() -> None:
    with pytest.raises(DayError, match="can be 3 April or 4 March"):
        read_moment("03/04/2026", "", BERLIN)


@pytest.mark.parametrize(
    ("text", "on", "at"),
    [
        ("2026-03-28T22:30:00Z", date(2026, 3, 28), time(23, 30)),
        ("2026-03-28T23:30:00Z", date(2026, 3, 29), time(0, 30)),
        ("2026-10-24T22:30:00+00:00", date(2026, 10, 25), time(0, 30)),
        ("20220615121335+0000", date(2022, 6, 15), time(14, 13, 35)),
        ("31 January 2026", date(2026, 1, 31), None),
        ("Jan 31, 2026", date(2026, 1, 31), None),
        ("29.02.2024", date(2024, 2, 29), None),
    ],
)
def test_moments_are_turned_to_the_clock_of_the_hospital(text: str, on: date, at: time | None) -> None:
    moment = read_moment(text, "", BERLIN)
    assert (moment.on, moment.at) == (on, at)


@pytest.mark.parametrize(
    "text", ["29.02.2026", "2026-13-01", "12/31/26", "not a day", "31.04.2026", "2026-01-05 25:00"]
)
def test_days_that_do_not_exist_are_refused(text: str) -> None:
    with pytest.raises(DayError):
        read_moment(text, "day", BERLIN)
