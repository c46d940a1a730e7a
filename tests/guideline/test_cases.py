"""Whole patients: every case file holds the facts, the statuses and the sentences it must give."""

from pathlib import Path

import pytest
import yaml

from guideline.case_input import parse_case
from guideline.decide import decide
from guideline.decision import Decision
from guideline.edition import load_edition

FILES = sorted((Path(__file__).parent / "cases" / "decide").glob("*.yaml"))


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def patient(request) -> tuple[Decision, dict]:
    content = yaml.safe_load(request.param.read_text())
    return decide(parse_case(content["case"]), load_edition()), content["expected"]


def test_findings_are_as_expected(patient):
    decision, expected = patient
    names = ("mayo", "chiba", "castleman_variant", "extent", "pathway")
    assert {name: getattr(decision, name) for name in names} == {name: expected[name] for name in names}


def test_statuses_are_as_expected_and_in_their_order(patient):
    decision, expected = patient
    assert [(option.id, option.status) for option in decision.options] == list(expected["statuses"].items())


def test_arguments_say_what_they_must(patient):
    decision, expected = patient
    for option, arguments in expected["arguments"].items():
        found = [
            {"rule": argument.rule, "says": argument.text} for argument in decision.option(option).arguments
        ]
        assert found == arguments


def test_advisories_are_as_expected_and_say_what_they_must(patient):
    decision, expected = patient
    assert [(item.id, item.severity) for item in decision.advisories] == list(expected["advisories"].items())
    assert [item.text for item in decision.advisories if item.severity != "info"] == expected["says"]


def test_missing_facts_are_as_expected(patient):
    decision, expected = patient
    assert {item.fact: list(item.can_change) for item in decision.missing} == expected["missing"]
