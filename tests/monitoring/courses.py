"""Whole courses, entered through the actions a click calls: cases of the guideline, a rich one, long ones."""

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import yaml

from accounts.models import Membership
from monitoring.results.actions import pet, results
from patients.actions import corrections, record
from patients.actions.assessments import assess_diagnosis
from patients.models import Occurrence, Patient
from tests.monitoring.entries import entry
from tests.personas import NOW, registered

CASES = Path(__file__).parents[1] / "guideline" / "cases" / "interpret"
RICH = Path(__file__).with_name("rich_course.yaml")
UNIT_IN_NAME = {"walk_10m_s": "s", "grip_kpa": "kPa", "rvsp_mmhg": "mm[Hg]", "dlco_percent": "%"}
BARE = {"specimen": "", "laboratory": "", "method": "", "upper_limit": None}
WRITTEN = re.compile(r"(<=|>=|<|>)?(.+)")
# Analyte, unit, specimen of the values that a long course takes in turn.
KINDS = [
    ("vegf", "pg/mL", "plasma"),
    ("vegf", "pg/mL", "plasma"),
    ("m_protein", "g/dL", "serum"),
    ("platelets", "10*9/L", "whole_blood"),
    ("tsh", "m[IU]/L", "serum"),
    ("mrc_sum", "", ""),
]


def entered_case(name: str, by: Membership, **identity: object) -> Patient:
    """A patient with the history of one of the guideline's course cases."""
    history = json.loads((CASES / f"{name}.json").read_text(), parse_float=Decimal)["history"]
    patient = registered(by, **identity)
    for given in history.get("treatments", []):
        treat(patient, by, **given)
    measure(patient, by, *(_observed(**one) for one in history.get("observations", [])))
    for scan in history.get("pet", []):
        scanned(patient, by, **scan)
    return patient


def rich_course(by: Membership, **identity: object) -> Patient:
    """A patient with everything a timeline can show."""
    course = yaml.safe_load(RICH.read_text())
    patient = registered(by, **identity)
    for given in course["treatments"]:
        treat(patient, by, **given)
    measure(patient, by, *(one for series in course["series"] for one in _written(series)))
    for scan in course["pet"]:
        scanned(patient, by, **scan)
    for assessed in course["assessments"]:
        assess(patient, by, **assessed)
    for event in course["events"]:
        happened(patient, by, **event)
    return patient


def long_course(by: Membership, number: int, **identity: object) -> Patient:
    """``number`` values of five measures over twelve years, every ninth VEGF a bound."""
    patient = registered(by, **identity)
    treat(patient, by, kind="systemic", name="Lenalidomide", start="2014-03-01", end="2016-03-01")
    step = 12 * 365 / number
    for start in range(0, number, 500):
        measure(patient, by, *(_one_of_many(place, step) for place in range(start, min(start + 500, number))))
    return patient


def treat(patient: Patient, by: Membership, **given: Any) -> None:
    """A treatment as a history writes it."""
    radiation = given["kind"] == "radiation"
    values = {
        "kind": given["kind"],
        "name": given.get("name") or given["kind"],
        "started_on": date.fromisoformat(given["start"]),
        "ended_on": _day(given.get("end")),
        "intent": given.get("intent") or ("definitive" if radiation else ""),
        "stop_reason": given.get("stop_reason") or "",
        "stabilized": given.get("stabilized"),
        "stabilized_on": _day(given.get("stabilized_on")),
        "continues": given.get("continues"),
        "neurotoxic": given.get("neurotoxic"),
    }
    record.give_treatment(patient=patient, values=values, submission=uuid4(), by=by, now=NOW)


def measure(patient: Patient, by: Membership, *entries: results.ResultEntry) -> None:
    if entries:
        results.record(patient=patient, entries=entries, submission=uuid4(), by=by, now=NOW)


def scanned(patient: Patient, by: Membership, **scan: Any) -> None:
    total = scan.get("sum_suv_max")
    said = pet.PetEntry(
        scanned_on=date.fromisoformat(scan["date"]),
        scanned_precision="day",
        tracer=scan.get("tracer", "fdg"),
        sum_suv_max=None if total is None else Decimal(total),
        avid_lesions=scan.get("avid_lesions"),
        new_lesion=scan.get("new_lesion"),
        lesions=[],
        laboratory="",
        report="",
    )
    pet.record(patient=patient, entry=said, submission=uuid4(), by=by, now=NOW)


def assess(patient: Patient, by: Membership, *, day: str, **found: bool) -> None:
    """What an assessment of the disease found."""
    values = {"assessed_on": date.fromisoformat(day), **found}
    assess_diagnosis(patient=patient, values=values, submission=uuid4(), by=by, now=NOW)


def happened(patient: Patient, by: Membership, *, kind: str, day: str, **more: Any) -> None:
    days = {"happened_on": date.fromisoformat(day), "ended_on": _day(more.pop("until", None))}
    values = {"kind": kind, "text": "", **days, **more}
    corrections.add(Occurrence, patient=patient, values=values, submission=uuid4(), by=by, now=NOW)


def value(analyte: str, on: str, number: object, **changes: Any) -> results.ResultEntry:
    """A result without specimen, laboratory and limits unless they are given; ``unable`` for number None."""
    unit = {"unit": UNIT_IN_NAME.get(analyte, "")}
    given = BARE | unit | {"analyte": analyte, "unable": number is None} | changes
    return entry(None if number is None else str(number), on, **given)


def _observed(*, analyte: str, date: str, value: Any = None, **more: Any) -> results.ResultEntry:
    known = {key: given for key, given in more.items() if given is not None and key != "unable"}
    return _value(analyte, date, value, **known)


_value = value


def _written(series: dict[str, Any]) -> Iterator[results.ResultEntry]:
    for on, several in series["values"].items():
        for one in several if isinstance(several, list) else [several]:
            sign, number = WRITTEN.fullmatch(str(one)).groups()  # type: ignore[union-attr] # every text matches
            limits = {k: Decimal(str(v)) if k.endswith("_limit") else v for k, v in series["with"].items()}
            known = None if number == "unable" else number
            yield value(series["analyte"], on, known, comparator=sign or "", **limits)


def _one_of_many(place: int, step: float) -> results.ResultEntry:
    analyte, unit, specimen = KINDS[place % len(KINDS)]
    on = date.fromordinal(date(2014, 1, 1).toordinal() + int(place * step)).isoformat()
    numbers = {
        "vegf": Decimal(40 + place * 37 % 1500),
        "m_protein": Decimal(place * 7 % 30) / 10,
        "platelets": Decimal(150 + place * 13 % 400),
        "tsh": Decimal(place * 11 % 80) / 10,
        "mrc_sum": Decimal(40 + place * 3 % 21),
    }
    changes = {"unit": unit, "specimen": specimen, "laboratory": "AB"[place % 2] if specimen else ""}
    if analyte == "vegf":
        changes |= {"upper_limit": Decimal(96), "comparator": "<" if place % 9 == 0 else ""}
    return value(analyte, on, numbers[analyte], **changes)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
