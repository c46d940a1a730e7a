"""Numbers that a page sent and got back, or something else in their place."""

import pytest

from accounts.posted import whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("7", 7),
        ("007", 7),
        ("2147483647", 2**31 - 1),
        ("2147483648", 0),
        ("9" * 5000, 0),
        ("", 0),
        ("-1", 0),
        ("1.5", 0),
        ("²", 0),
        ("٣", 0),
        (" 1", 0),
        ("\x00", 0),
    ],
)
def test_what_is_no_number_of_a_row_is_none_of_them(text: str, number: int) -> None:
    assert whole_number(text) == number


def test_keys_may_be_longer_than_versions() -> None:
    assert whole_number("2147483648", below=2**63) == 2**31
    assert whole_number(str(2**63), below=2**63) == 0
