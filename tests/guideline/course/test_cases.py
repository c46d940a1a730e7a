"""Whole histories with what they must read as, kept beside the tests as JSON."""

import json
from pathlib import Path

import pytest

from guideline.course import as_json, interpret, parse_history
from guideline.json_input import read_json
from tests.guideline.course.histories import EDITION

CASES = Path(__file__).parents[1] / "cases" / "interpret"
PRINTED = Path(__file__).parents[1] / "cases" / "printed"


def matches(expected, found):
    """Whether everything that is expected is found; what is not mentioned is free."""
    if isinstance(expected, dict):
        return all(matches(value, found[key]) for key, value in expected.items())
    return bool(expected == found)


@pytest.mark.parametrize("file", sorted(CASES.glob("*.json")), ids=lambda file: file.stem)
def test_a_case_reads_as_expected(file: Path):
    case = read_json(file.read_bytes())
    assert isinstance(case, dict)
    reading = as_json(interpret(parse_history(case["history"], EDITION), EDITION))
    reading["alerts"] = {alert["id"]: alert["severity"] for alert in reading["alerts"]}
    expected = json.loads(file.read_text())["expected"]
    assert matches(expected, reading), json.dumps(reading, indent=1)


@pytest.mark.parametrize("file", sorted(CASES.glob("*.json")), ids=lambda file: file.stem)
def test_a_case_says_what_it_must(file: Path):
    case = read_json(file.read_bytes())
    assert isinstance(case, dict)
    reading = as_json(interpret(parse_history(case["history"], EDITION), EDITION))
    says = {axis: reading[axis]["basis"]["text"] for axis in ("vegf", "pet", "neuro", "clone")}
    if reading["radiation"]["basis"] is not None:
        says["radiation"] = reading["radiation"]["basis"]["text"]
    says["alerts"] = {alert["id"]: alert["text"] for alert in reading["alerts"]}
    assert says == case["says"]


@pytest.mark.parametrize("file", sorted(CASES.glob("*.json")), ids=lambda file: file.stem)
def test_a_case_names_the_part_that_each_value_plays(file: Path):
    case = read_json(file.read_bytes())
    assert isinstance(case, dict)
    reading = as_json(interpret(parse_history(case["history"], EDITION), EDITION))
    parts = {axis: reading[axis]["basis"]["values"] for axis in ("vegf", "pet", "neuro", "clone")}
    parts |= {alert["id"]: alert["values"] for alert in reading["alerts"]}
    assert {name: [value["role"] for value in values] for name, values in parts.items()} == case["rests_on"]


@pytest.mark.parametrize("file", sorted(PRINTED.glob("*.json")), ids=lambda file: file.stem)
def test_a_reading_is_printed_with_every_key_in_its_order(file: Path):
    case = json.loads(file.read_text())
    reading = as_json(interpret(parse_history(read_json(json.dumps(case["history"])), EDITION), EDITION))
    assert json.dumps(reading, indent=1) == json.dumps(case["printed"], indent=1)
