"""The strip on every page about a patient: whose record is open."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.urls import reverse

from guideline.edition import load_edition
from patients.closed import death_in_words
from patients.models import Care, Patient, PatientSummary

INTERRUPTS = ("critical", "warning")


@dataclass(frozen=True)
class Flag:
    """A mark on the strip: how urgent, in a few words, and where it leads."""

    severity: str
    label: str
    url: str = ""


@dataclass(frozen=True)
class WorstAlert:
    """What asks most about the patient, since when, and how many other alerts ask."""

    severity: str
    title: str
    since: date
    more: int


@dataclass(frozen=True)
class IdentityStrip:
    """The line on every page and dialog that says whose record is open (templates/partials/identity.html)."""

    patient_id: UUID
    url: str
    name: str
    birth_date: str
    age: str
    sex: str
    record_number: str
    extent: str = ""
    line: str = ""
    month: int | None = None
    flags: tuple[Flag, ...] = ()
    alert: WorstAlert | None = None
    read_on: date | None = None


def identity_strip(patient: Patient, *, on: date) -> IdentityStrip:
    """The strip of ``patient`` as of the day ``on``, or of the day of death."""
    summary = patient.summary
    on = patient.died.first if patient.died else on
    return IdentityStrip(
        extent=summary.extent,
        line=f"{summary.line_number}: {summary.line_name}" if summary.line_number else "",
        month=_months(summary.line_started_on, on),
        patient_id=patient.pk,
        url=reverse("patients:overview", args=[patient.pk]),
        name=patient.full_name,
        birth_date=str(patient.born),
        age=str(patient.born.age_on(on)),
        sex=patient.get_sex_display(),
        record_number=patient.record_number,
        flags=_care_flags(patient),
        alert=_worst_alert(summary),
        read_on=summary.alerts_read_on,
    )


def _worst_alert(summary: PatientSummary) -> WorstAlert | None:
    """None also where there is only information: that does not interrupt."""
    if summary.alert_since is None or summary.worst_alert not in INTERRUPTS:
        return None
    title = load_edition().alert(summary.alert_rule).title
    return WorstAlert(summary.worst_alert, title, summary.alert_since, summary.alert_count - 1)


def _care_flags(patient: Patient) -> tuple[Flag, ...]:
    """Why the record is closed, if it is; a merged one leads to the record that survives."""
    match patient.care:
        case Care.DECEASED:
            return (Flag("info", death_in_words(patient)),)
        case Care.MERGED:
            url = reverse("patients:overview", args=[patient.merged_into_id])
            return (Flag("warning", "Merged: go to the record that is kept", url),)
        case _:
            return ()


def _months(start: date | None, on: date) -> int | None:
    """Whole calendar months since ``start``; None without a start."""
    if start is None:
        return None
    passed = relativedelta(on, start)
    return passed.years * 12 + passed.months
