"""Strict JSON: exact numbers, and one clear sentence for everything else."""

from decimal import Decimal

import pytest

from guideline.errors import InputError
from guideline.json_input import read_json, shown

REFUSED = [
    ("", "not JSON"),
    ("{", "not JSON"),
    ("{'line': 1}", "not JSON"),
    ('{"a": 1} {"b": 2}', "not JSON"),
    ("line", "not JSON"),
    ('{"a": 1, "a": 1}', "the same key twice"),
    ('[{"b": {"a": 1, "a": null}}]', "the same key twice"),
    ("NaN", "NaN"),
    ("[Infinity]", "Infinity"),
    ("[-Infinity]", "-Infinity"),
    ("1e999", "too large"),
    ("-1e999", "too large"),
    ("1e-999", "too large or too small"),
    ("1e99999999999999999999", "too large"),
    ("1" * 41, "41 digits"),
    ("0." + "1" * 40, "42 characters"),
    ("[" * 61 + "]" * 61, "at most 60 levels"),
    ('{"a":' * 100_000, "at most 60 levels"),
    (b'{"a": "\xff"}', "UTF-8"),
    (b"\xff\xfe{\x00", "UTF-8"),
    (b" " * 10_000_000, "more than 5 MB"),
    (" " * 5_000_001, "more than 5 MB"),
]


@pytest.mark.parametrize(("document", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_what_is_not_strict_json_is_refused_in_one_sentence(document, message):
    with pytest.raises(InputError) as refusal:
        read_json(document)
    assert message in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 250


ACCEPTED = [
    ("3", 3),
    ("-0", 0),
    ("13.0", Decimal("13.0")),
    ("0.1", Decimal("0.1")),
    ("1e2", Decimal("1e2")),
    ("0e0", Decimal(0)),
    ("1" * 40, int("1" * 40)),
    ("null", None),
    ('{"a": [true, "x"]}', {"a": [True, "x"]}),
    (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
    ("\ufeff[]", []),
    ('"[[[[\\"{{{{"', '[[[["{{{{'),
    ('["' + "[" * 100 + '"]', ["[" * 100]),
    ("[" * 60 + "]" * 60, None),
    ("[" + ",".join(["{}"] * 100) + "]", [{}] * 100),
    (" " * 4_999_999 + "1", 1),
]


@pytest.mark.parametrize(("document", "value"), ACCEPTED, ids=range(len(ACCEPTED)))
def test_what_is_json_is_read_with_exact_numbers(document, value):
    read = read_json(document)
    if value is not None:
        assert read == value
        assert type(read) is type(value)


def test_a_syntax_error_is_named_with_line_and_column():
    with pytest.raises(InputError, match="line 2, column 3"):
        read_json('{"a": 1,\n  b}')


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        ("ä", '"ä"'),
        (Decimal("1.50"), "1.50"),
        ([1], "[1]"),
        ("x" * 60, '"' + "x" * 58 + "…"),
    ],
)
def test_a_value_is_shown_as_its_sender_wrote_it_and_shortened(value, text):
    assert shown(value) == text
