"""Results for tests: what a report says, with one thing changed at a time."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from accounts.models import Membership
from monitoring.results.actions import results
from monitoring.results.actions.results import ResultEntry
from monitoring.results.models import Result
from patients.models import Patient
from tests.personas import NOW


def entry(value: str | None = "1450", on: str = "2026-01-05", **changes: Any) -> ResultEntry:
    usual = ResultEntry(
        analyte="vegf",
        value=None if value is None else Decimal(value),
        comparator="",
        unable=False,
        unit="pg/mL",
        specimen="plasma",
        laboratory="Laboratory A",
        method="ELISA",
        lower_limit=None,
        upper_limit=Decimal(96),
        collected_on=date.fromisoformat(on),
        collected_at_time=None,
    )
    return usual | changes  # type: ignore[return-value] # the changes are fields of an entry


def recorded(patient: Patient, by: Membership, *entries: ResultEntry) -> list[Result]:
    return results.record(patient=patient, entries=entries or [entry()], submission=uuid4(), by=by, now=NOW)
