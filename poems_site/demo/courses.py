"""Fill the demonstration with courses, through the same actions a clinician's clicks call."""

import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_DNS, UUID, uuid5

import yaml
from dateutil.relativedelta import relativedelta

from accounts.models import Membership, User
from guideline.edition import load_edition
from monitoring.follow_ups.actions import follow_ups
from monitoring.results.actions import results
from monitoring.results.actions.results import ResultEntry
from patients.actions import identity, record
from patients.models import Patient
from treatment.schedule import Wishes, planned

FILE = Path(__file__).with_name("courses.yaml")
AGO = re.compile(r"(?:(\d+)m)?(-?\d+d)?")
VALUE = re.compile(r"(<|<=|>|>=)?(\d+(?:\.\d+)?)")


def load() -> dict[str, Any]:
    """The courses as written in courses.yaml."""
    content: dict[str, Any] = yaml.safe_load(FILE.read_text())
    return content


def register(
    course: dict[str, Any], series: dict[str, Any], *, by: Membership, responsible: User, now: datetime
) -> Patient:
    """Enter one course as ``by``. What was entered at an earlier start is found again and left alone."""
    patient = identity.register(
        identity=_identity(course["identity"]), submission=_number(course, "identity"), by=by, now=now
    )
    today = now.date()
    _assess(course, patient, by=by, now=now, today=today)
    for position, given in enumerate(course.get("treatments", [])):
        record.give_treatment(
            patient=patient,
            values=_treatment(given, today),
            submission=_number(course, f"treatment {position}"),
            by=by,
            now=now,
        )
    for name, values in course.get("results", {}).items():
        results.record(
            patient=patient,
            entries=[_entry(series[name], ago, value, today) for ago, value in values],
            submission=_number(course, f"results {name}"),
            by=by,
            now=now,
        )
    if "follow_up" in course:
        _follow_up(course, patient, by=by, responsible=responsible, now=now, today=today)
    return patient


def _follow_up(
    course: dict[str, Any], patient: Patient, *, by: Membership, responsible: User, now: datetime, today: date
) -> None:
    """Schedule what the guideline's content proposes, as signing a plan would."""
    asked = course["follow_up"]
    wishes = Wishes(schedules=(asked["schedule"],), anchors={asked["anchor"]: day(asked["ago"], today)})
    follow_ups.schedule(
        patient=patient,
        items=[item for _, item in planned(load_edition(), wishes, on=today)],
        origin=_number(course, "follow-ups"),
        responsible=responsible,
        by=by,
        now=now,
    )


def _identity(who: dict[str, Any]) -> identity.Identity:
    return identity.Identity(
        record_number=who["record_number"],
        given_name=who["given_name"],
        family_name=who["family_name"],
        birth_date=date.fromisoformat(who["born"]),
        sex=who["sex"],
    )


def _assess(course: dict[str, Any], patient: Patient, *, by: Membership, now: datetime, today: date) -> None:
    for position, found in enumerate(course.get("diagnosis", [])):
        values = {name: value for name, value in found.items() if name != "ago"}
        submission = _number(course, f"diagnosis {position}")
        values["assessed_on"] = day(found["ago"], today)
        record.assess_diagnosis(patient=patient, values=values, submission=submission, by=by, now=now)
    for position, found in enumerate(course.get("extent", [])):
        values = {_field(name): _dated(name, value, today) for name, value in found.items()}
        submission = _number(course, f"extent {position}")
        record.assess_extent(patient=patient, values=values, submission=submission, by=by, now=now)


def _treatment(given: dict[str, Any], today: date) -> dict[str, Any]:
    names = {"from": "started_on", "to": "ended_on", "stabilized_ago": "stabilized_on"}
    return {
        names.get(name, name): day(value, today) if name in names else value for name, value in given.items()
    }


def _entry(series: dict[str, Any], ago: str, value: str | float, today: date) -> ResultEntry:
    comparator, number = _split(str(value))
    limit = series.get("upper_limit")
    return ResultEntry(
        analyte=series["analyte"],
        value=number,
        comparator=comparator,
        unable=False,
        unit=series.get("unit", ""),
        specimen=series.get("specimen", ""),
        laboratory=series.get("laboratory", ""),
        method=series.get("method", ""),
        lower_limit=None,
        upper_limit=None if limit is None else Decimal(limit),
        collected_on=day(ago, today),
        collected_at_time=None,
    )


def _split(text: str) -> tuple[str, Decimal]:
    match = VALUE.fullmatch(text)
    if match is None:
        raise ValueError(f"{FILE.name}: {text!r} is not a value")
    return match[1] or "", Decimal(match[2])


def day(ago: str, today: date) -> date:
    """The day ``ago`` before ``today``: ``14m`` months, ``3d`` days, ``14m-5d`` five days after 14 months."""
    match = AGO.fullmatch(ago)
    if match is None or not ago:
        raise ValueError(f"{FILE.name}: {ago!r} is not a time ago")
    days = int((match[2] or "0d")[:-1])
    return today - relativedelta(months=int(match[1] or 0), days=days)


def _field(name: str) -> str:
    return {"ago": "assessed_on", "imaging_ago": "imaging_on", "marrow_ago": "marrow_on"}.get(name, name)


def _dated(name: str, value: Any, today: date) -> Any:
    return day(value, today) if name.endswith("ago") else value


def _number(course: dict[str, Any], what: str) -> UUID:
    """The same form number at every start, so that a second start enters nothing twice."""
    return uuid5(NAMESPACE_DNS, f"demo {course['key']} {what}")
