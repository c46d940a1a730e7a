"""Reading, printing and counting from dates of which perhaps only the month or year is known."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from patients.dates import age_on
from patients.partial_dates import NotADateError, PartialDate, Precision, read_partial_date

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day, precision = draw(DAYS), draw(st.sampled_from(Precision))
    if precision != Precision.DAY:
        day = day.replace(day=1, month=day.month if precision == Precision.MONTH else 1)
    return PartialDate(day, precision)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("14 Feb 1977", "14 Feb 1977"),
        ("14. February 1977", "14 Feb 1977"),
        ("February 14, 1977", "14 Feb 1977"),
        ("14-feb-1977", "14 Feb 1977"),
        ("  1977-02-14 ", "14 Feb 1977"),
        ("1977-2-14", "14 Feb 1977"),
        ("14/02/1977", "14 Feb 1977"),
        ("02/14/1977", "14 Feb 1977"),
        ("5.5.1961", "5 May 1961"),
        ("29 Feb 1968", "29 Feb 1968"),
        ("٣ Feb 1977", "3 Feb 1977"),
        ("02/1977", "Feb 1977"),
        ("1977-02", "Feb 1977"),
        ("Feb 1977", "Feb 1977"),
        ("Sept 1977", "Sep 1977"),
        ("1977", "1977"),
    ],
)
def test_what_is_typed_is_read_as_far_as_it_is_known(typed: str, shown: str) -> None:
    assert str(read_partial_date(typed)) == shown


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("03/05/1961", "can be 5 March or 3 May"),
        ("3.5.1961", "can be 5 March or 3 May"),
        ("29 Feb 1977", "29 February 1977 does not exist: that month has 28 days"),
        ("31/04/1977", "31 April 1977 does not exist: that month has 30 days"),
        ("1977-13", "names a month that does not exist"),
        ("13/1977", "names a month that does not exist"),
        ("99/99/1977", "names a month that does not exist"),
        ("14 Foo 1977", "give what is known"),
        ("14 02 77", "give what is known"),
        ("77", "give what is known"),
        ("0000", "give what is known"),
        ("about 1977", "give what is known"),
    ],
)
def test_what_is_no_date_or_could_be_two_is_refused_with_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(NotADateError, match=sentence):
        read_partial_date(typed)


@given(partial_dates())
def test_what_is_printed_is_read_as_the_same(known: PartialDate) -> None:
    assert read_partial_date(str(known)) == known


@given(partial_dates(), st.integers(0, 365), DAYS)
def test_the_true_age_is_always_among_the_ages_shown(known: PartialDate, into: int, on: date) -> None:
    born = min(known.first + timedelta(days=into), known.last)
    age = known.age_on(on)
    assert age.lowest <= max(age_on(born, on), 0) <= age.highest
    assert age.highest - age.lowest <= 1


@given(partial_dates(), DAYS)
def test_an_age_is_certain_only_where_both_ends_agree(known: PartialDate, on: date) -> None:
    age = known.age_on(on)
    assert (age.certain is None) == (" or " in str(age))


@given(partial_dates(), partial_dates())
def test_two_dates_may_be_the_same_if_one_day_fits_both(one: PartialDate, other: PartialDate) -> None:
    common = max(one.first, other.first)
    assert one.may_be(other) == (common <= min(one.last, other.last)) == other.may_be(one)


def test_an_age_on_the_last_of_december_is_certain_from_the_year_alone() -> None:
    born = PartialDate(date(1977, 1, 1), Precision.YEAR)
    assert str(born.age_on(date(2026, 12, 30))) == "48 or 49"
    assert born.age_on(date(2026, 12, 31)).certain == 49


def test_nobody_is_younger_than_nought() -> None:
    assert str(PartialDate(date(2026, 1, 1), Precision.YEAR).age_on(date(2026, 3, 1))) == "0"
