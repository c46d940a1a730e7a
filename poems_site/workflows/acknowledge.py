"""Acknowledge an alert together with what is done about it: an examination, a plan or a note."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Membership
from guideline.edition import load_edition
from monitoring.alerts.actions import acknowledging
from monitoring.alerts.actions.acknowledging import Acknowledgement
from monitoring.alerts.models import Alert, NextStep, Reason
from monitoring.follow_ups.actions import follow_ups
from monitoring.follow_ups.local_days import local_day
from monitoring.follow_ups.schedule import PlannedItem
from patients.actions import corrections
from patients.models import Occurrence, OccurrenceKind
from treatment.actions import drafts
from treatment.facts import snapshot
from treatment.on_record import on_record

ANCHOR = "alert"


@dataclass(frozen=True)
class Examination:
    """What is planned: a kind of the guideline's schedules, its name, and the day."""

    kind: str
    title: str
    due: date


@dataclass(frozen=True)
class Decision:
    """What a form says about an alert; of the next steps only the one that was chosen."""

    reason: Reason
    review_on: date
    note: str = ""
    next_step: NextStep | str = ""
    examination: Examination | None = None
    record_note: str = ""


@transaction.atomic
def acknowledge(
    *,
    alert: Alert,
    decision: Decision,
    submission: UUID,
    expected_version: int,
    by: Membership,
    now: datetime,
) -> Alert:
    """All or nothing; the same submission twice is once. Raises what ``acknowledging.acknowledge`` raises."""
    return acknowledging.acknowledge(
        alert=alert,
        acknowledgement=Acknowledgement(
            reason=decision.reason,
            review_on=decision.review_on,
            note=decision.note,
            next_step=decision.next_step,
            next_step_id=_make_next_step(alert, decision, submission, by=by, now=now),
        ),
        submission=submission,
        expected_version=expected_version,
        by=by,
        now=now,
    )


def _make_next_step(
    alert: Alert, decision: Decision, submission: UUID, *, by: Membership, now: datetime
) -> UUID | None:
    """The follow-up or draft, made under the form's own number so that a second click makes none."""
    on = local_day(by.hospital, now)
    match decision.next_step:
        case NextStep.FOLLOW_UP if decision.examination is not None:
            item = _item(decision.examination, on)
            [planned] = follow_ups.schedule(
                patient=alert.patient, items=[item], origin=submission, responsible=by.user, by=by, now=now
            )
            return planned.pk
        case NextStep.PLAN:
            known = on_record(alert.patient, load_edition(), on=on)
            return drafts.start(patient=alert.patient, record=snapshot(known.facts), by=by, now=now).pk
        case NextStep.NOTE:
            note = {"kind": OccurrenceKind.NOTE, "happened_on": on, "text": decision.record_note}
            corrections.add(
                Occurrence, patient=alert.patient, values=note, submission=submission, by=by, now=now
            )
    return None


def _item(examination: Examination, on: date) -> PlannedItem:
    return PlannedItem(
        kind=examination.kind,
        title=examination.title,
        anchor=ANCHOR,
        anchored_on=on,
        earliest=min(on, examination.due),
        due=examination.due,
        latest=examination.due,
    )
