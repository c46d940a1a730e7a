"""Strict JSON: exact numbers, and one clear sentence for everything else."""

from decimal import Decimal

import pytest

from guideline.errors import InputError
from guideline.json_input import read_json, shown

NOT_JSON = "the input: text that is not JSON is not accepted; line 1, column "
TWICE = "the same key twice is not accepted; each key may be given once in an object"
FINITE = "a number must be finite; write null where it is not known"
EXTREME = "the number is too large or too small to be held"
DEEP = "the input: nesting this deep is not accepted; at most 60 levels are read"
BIG = "the input: a document of more than 5 MB is not accepted; send it in smaller parts"
HALF = "is not accepted; half of a surrogate pair is no character"
REFUSED = [
    ("", f"{NOT_JSON}1: Expecting value"),
    ("{", f"{NOT_JSON}2: Expecting property name enclosed in double quotes"),
    ("{'line': 1}", f"{NOT_JSON}2: Expecting property name enclosed in double quotes"),
    ('{"a": 1} {"b": 2}', f"{NOT_JSON}10: Extra data"),
    ("line", f"{NOT_JSON}1: Expecting value"),
    ('{"a": 1, "a": 1}', f'"a": {TWICE}'),
    ('[{"b": {"a": 1, "a": null}}]', f'"a": {TWICE}'),
    ("NaN", f"the input: NaN is not accepted; {FINITE}"),
    ("[Infinity]", f"the input: Infinity is not accepted; {FINITE}"),
    ("[-Infinity]", f"the input: -Infinity is not accepted; {FINITE}"),
    ("1e999", f"the input: 1e999 is not accepted; {EXTREME}"),
    ("-1e999", f"the input: -1e999 is not accepted; {EXTREME}"),
    ("1e-999", f"the input: 1e-999 is not accepted; {EXTREME}"),
    ("1e301", f"the input: 1e301 is not accepted; {EXTREME}"),
    (
        "1e99999999999999999999",
        "the input: 1e99999999999999999999 is not accepted; the number is too large to be held",
    ),
    ("1" * 41, "the input: a number of 41 digits is not accepted; numbers have at most 40 digits"),
    (
        "0." + "1" * 39,
        "the input: a number of 41 characters is not accepted; numbers have at most 40 characters",
    ),
    ("[" * 61 + "]" * 61, DEEP),
    ('{"a":' * 100_000, DEEP),
    ("[" + "[]," * 60 + "[" * 60 + "]" * 61, DEEP),
    ('["' + "[" * 9 + '",' + "[" * 60 + "]" * 61, DEEP),
    (b'{"a": "\xff"}', "the input: the byte at position 7 is not accepted; the text must be UTF-8"),
    (b"\xff\xfe{\x00", "the input: the byte at position 0 is not accepted; the text must be UTF-8"),
    (b" " * 10_000_000, BIG),
    (" " * 5_000_001, BIG),
    (r'"\ud800"', rf"the input: \ud800 {HALF}"),
    (r'"\uDC00\uD83D\uDE00"', rf"the input: \uDC00 {HALF}"),
    (r'"\uD83D\uDE00\uDfFf"', rf"the input: \uDfFf {HALF}"),
    (r'"\\\ud800"', rf"the input: \ud800 {HALF}"),
]


@pytest.mark.parametrize(("document", "sentence"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_not_strict_json_is_refused_in_one_sentence(document, sentence):
    with pytest.raises(InputError) as refusal:
        read_json(document)
    assert str(refusal.value) == sentence
    assert refusal.value.path == ("" if sentence.startswith("the input") else '"a"')


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
    ("[" + "[]," * 99 + "[]]", [[]] * 100),
    ("0." + "1" * 38, Decimal("0." + "1" * 38)),
    ("1e300", Decimal("1e300")),
    ("1e-300", Decimal("1e-300")),
    ('{"a": "a", "b": "a"}', {"a": "a", "b": "a"}),
    (r'"\ud83d\uDE00\u00e9"', "\U0001f600\u00e9"),
    (r'"\\ud800"', r"\ud800"),
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
        ("x" * 58, '"' + "x" * 58 + '"'),
        ("x" * 59, '"' + "x" * 58 + "…"),
        ([Decimal("1.50")], '["1.50"]'),
    ],
)
def test_a_value_is_shown_as_its_sender_wrote_it_and_shortened(value, text):
    assert shown(value) == text
