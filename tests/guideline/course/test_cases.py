"""Whole histories with what they must read as, kept beside the tests as JSON."""

import json
from pathlib import Path

import pytest

from guideline.course import as_json, interpret, parse_history
from guideline.json_input import read_json
from tests.guideline.course.histories import EDITION

CASES = Path(__file__).parents[1] / "cases" / "interpret"


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
