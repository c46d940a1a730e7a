"""Numbers as clinicians type them."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from monitoring.results.number_words import in_words
from monitoring.results.numbers import (
    AmbiguousNumberError,
    NumberError,
    Quantity,
    read_number,
    read_quantity,
    shown,
    typed_again,
)


@pytest.mark.parametrize(
    ("typed", "number", "comparator"),
    [
        ("1450", "1450", ""),
        ("1450.5", "1450.5", ""),
        ("1,5", "1.5", ""),
        ("1.5", "1.5", ""),
        ("0", "0", ""),
        ("0,450", "0.45", ""),
        ("<20", "20", "<"),
        ("≤ 20", "20", "<="),
        (" >= 2000 ", "2000", ">="),
        ("> 2000", "2000", ">"),
        ("1,450.5", "1450.5", ""),
        ("1.450,5", "1450.5", ""),
        ("１４５０", "1450", ""),  # noqa: RUF001 - as a Japanese keyboard writes it
    ],
)
def test_a_number_with_one_reading_is_read_exactly(typed: str, number: str, comparator: str) -> None:
    assert read_quantity(typed) == Quantity(Decimal(number), comparator)


@pytest.mark.parametrize("typed", ["1,450", "1.450"])
def test_a_number_with_two_readings_is_refused_with_both(typed: str) -> None:
    with pytest.raises(AmbiguousNumberError) as refused:
        read_quantity(typed)
    assert refused.value.readings == (Decimal(1450), Decimal("1.45"))
    assert str(refused.value) == (
        f"{typed} can be one thousand four hundred fifty or 1.45; type 1450 or 1.45."
    )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1,4,50", "has two or more commas"),
        ("1,450,000", "has two or more commas"),
        ("1.450.000", "has two or more points"),
        ("-5", "is negative; a result is 0 or more"),
        ("−5", "is negative; a result is 0 or more"),  # noqa: RUF001 - a pasted minus sign
        ("12a", "holds more than a number"),
        ("1450 pg/mL", "the unit has its own field"),
        ("1e5", "holds more than a number"),
        ("NaN", "holds more than a number"),
        ("20-30", "is a range"),
        ("<", "names no number"),
        ("1 450", "has a space inside"),
        ("10²", "is not a number"),
        (".5", "is not a number"),
        ("1234567890123", "is too long"),
        ("0.1234567", "is too long"),
    ],
)
def test_what_is_no_number_gets_one_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(NumberError, match=sentence):
        read_quantity(typed)


@given(st.decimals(min_value=0, max_value=10**11, places=6))
def test_a_stored_number_shown_for_correction_reads_back_as_itself(number: Decimal) -> None:
    assert read_number(typed_again(number)) == number


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused_with_a_sentence(typed: str) -> None:
    try:
        outcome = str(read_quantity(typed).number) + "."
    except NumberError as refused:
        outcome = str(refused)
    assert outcome.endswith(".")
    assert not outcome.startswith("-")


def test_numbers_of_five_digits_are_shown_in_groups() -> None:
    assert [shown(Decimal(text)) for text in ("1450.500", "13867", "0.000000")] == [
        "1450.5",
        "13\N{NARROW NO-BREAK SPACE}867",
        "0",
    ]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (21, "twenty-one"),
        (115, "one hundred fifteen"),
        (1000, "one thousand"),
        (999999, "nine hundred ninety-nine thousand nine hundred ninety-nine"),
    ],
)
def test_whole_numbers_are_spelled_out(number: int, words: str) -> None:
    assert in_words(number) == words


def test_a_million_is_not_spelled_out() -> None:
    with pytest.raises(ValueError, match="give 0 to 999 999"):
        in_words(1_000_000)


@pytest.mark.parametrize("typed", ["." * 2_000, "," * 2_000, "1" * 1_000 + "." * 1_000 + "x"])
def test_a_long_row_of_dots_is_refused_at_once(typed: str) -> None:
    """It was once looked for a range in it in every possible way, which takes hours."""
    with pytest.raises(NumberError):
        read_number(typed)
