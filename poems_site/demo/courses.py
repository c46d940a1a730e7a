"""Fill the demonstration with courses, through the same actions a clinician's clicks call."""

import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from accounts.models import Membership, User
from guideline.edition import load_edition
from monitoring.follow_ups.actions import follow_ups
from monitoring.results.actions import results
from monitoring.results.actions.results import ResultEntry
from patients.actions import identity
from patients.models import Patient
from patients.partial_dates import read_partial_date
from poems_site.demo.ago import day
from poems_site.demo.desk import Desk, number
from poems_site.demo.moves import has_moved
from poems_site.demo.plans import plan
from treatment.schedule import Wishes, planned

FILE = Path(__file__).with_name("courses.yaml")
VALUE = re.compile(r"(<|<=|>|>=)?(\d+(?:\.\d+)?)")


def load() -> dict[str, Any]:
    """The courses as written in courses.yaml."""
    content: dict[str, Any] = yaml.safe_load(FILE.read_text())
    return content


def register(
    course: dict[str, Any], series: dict[str, Any], *, by: Membership, responsible: User, now: datetime
) -> Patient | None:
    """Enter one course as ``by``. What was entered at an earlier start is found again and left alone.

    None for somebody who has moved to another hospital since.
    """
    if has_moved(course, by=by):
        return None
    patient = identity.register(
        identity=_identity(course["identity"]), submission=number(course, "identity"), by=by, now=now
    )
    desk = Desk(course, patient, by=by, now=now)
    desk.enter_person()
    desk.enter_findings()
    desk.enter_treatments()
    for name, values in course.get("results", {}).items():
        results.record(
            patient=patient,
            entries=[_entry(series[name], ago, value, desk.today) for ago, value in values],
            submission=desk.number(f"results {name}"),
            by=by,
            now=now,
        )
    desk.enter_examinations()
    desk.put_on_team(responsible)
    if "follow_up" in course:
        _follow_up(course, patient, by=by, responsible=responsible, now=now, today=desk.today)
    plan(course, patient, by=by, now=now)
    desk.end_care()
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
        origin=number(course, "follow-ups"),
        responsible=responsible,
        by=by,
        now=now,
    )


def _identity(who: dict[str, Any]) -> identity.Identity:
    born = read_partial_date(who["born"])
    return identity.Identity(
        record_number=who["record_number"],
        given_name=who["given_name"],
        family_name=who["family_name"],
        birth_date=born.first,
        birth_precision=born.precision,
        sex=who["sex"],
    )


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
