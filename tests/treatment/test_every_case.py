"""Every case of our own suite, entered through the wizard's forms, is decided as the command decides it."""

import io
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from django.utils import timezone

from guideline.command import ANSWERED, main
from guideline.decide import decide
from guideline.edition import load_edition
from guideline.fact_table import FACT
from patients.models import Patient
from tests.personas import House, registered
from tests.treatment.cases import CASES
from tests.treatment.wizard_driver import Wizard
from treatment.facts import case_of
from treatment.queries import contents_of
from treatment.wizard.steps import FROM_IDENTITY, matters

FILES = sorted((Path(__file__).parent.parent / "guideline" / "cases" / "decide").glob("*.yaml"))
LINES = ("first", "after_radiation", "switch", "relapse")


def whole(line: str, *, last: bool) -> dict[str, Any]:
    """A case that knows every fact that is asked in this position: each at one end of what it may be."""
    facts: dict[str, Any] = {"patient": {"age_years": 58, "sex": "female"}, "line": line}
    for path, fact in FACT.items():
        if path in (*FROM_IDENTITY, "line") or not matters(path, {"line": line, "patient.sex": "female"}):
            continue
        ends = fact.choices or (fact.minimum, fact.maximum)
        value = last if fact.kind == "boolean" else ends[-1 if last else 0]
        facts.setdefault(fact.group, {})[fact.name] = value
    return facts


SUITE = (
    {file.stem: yaml.safe_load(file.read_text())["case"] for file in FILES}
    | CASES
    | {
        f"{line}, {end}": whole(line, last=end == "highest")
        for line in LINES
        for end in ("lowest", "highest")
    }
)


def patient_as_in(case: Mapping[str, Any], house: House) -> Patient:
    """Somebody with the age and sex of the case; each not known where the case does not know it."""
    known = case.get("patient", {})
    today, age = timezone.localdate(), known.get("age_years")
    # Of somebody of whom only the year of birth is known the age is uncertain on every day but the last.
    born = {"birth_date": date(today.year - (age or 50), 1, 1), "birth_precision": "day" if age else "year"}
    return registered(house.alice, **born, sex=known.get("sex") or "unknown")


def as_commanded(case: Mapping[str, Any]) -> dict[str, Any]:
    """What the command prints for the case."""
    printed = io.StringIO()
    document = io.BytesIO(json.dumps(case).encode())
    assert main(["decide", "-"], document, printed, io.StringIO()) == ANSWERED
    answer: dict[str, Any] = json.loads(printed.getvalue())
    return answer


def as_entered(case: Mapping[str, Any], client: Client, house: House) -> dict[str, Any]:
    """What the draft decides after every step was typed and posted."""
    patient = patient_as_in(case, house)
    wizard = Wizard(client, patient)
    wizard.enter(case)
    assert wizard.client.get(wizard.url("options")).status_code == 200
    facts = contents_of(wizard.draft, patient, load_edition(), on=timezone.localdate()).facts
    answer: dict[str, Any] = json.loads(json.dumps(decide(case_of(facts), load_edition()).as_json()))
    return answer


@pytest.mark.parametrize("case", SUITE.values(), ids=SUITE.keys())
def test_the_forms_decide_as_the_command_does(case: dict[str, Any], alice: Client, house: House) -> None:
    assert as_entered(case, alice, house) == as_commanded(case)
