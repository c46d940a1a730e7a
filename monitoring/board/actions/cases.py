"""Put a patient forward, and record what the board decided."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Membership
from monitoring.board.models import Case
from patients.actions.corrections import about, add
from patients.models import Occurrence, Patient


class AlreadyDecidedError(Exception):
    """Somebody recorded a decision before; ``case`` has it."""

    def __init__(self, case: Case) -> None:
        self.case = case
        super().__init__(f"board case {case.pk} is decided")


def put_forward(*, patient: Patient, question: str, submission: UUID, by: Membership, now: datetime) -> Case:
    """Add a question to the list; the same submission twice returns the first."""
    case, _ = Case.objects.get_or_create(
        submission=submission, defaults={**about(patient, by, now), "question": question}
    )
    return case


@transaction.atomic
def decide(*, case: Case, decision: str, text: str, by: Membership, now: datetime) -> Case:
    """Record the decision and note it in the patient's record. Raises AlreadyDecidedError.

    The same decision by the same person again is the click that came twice.
    """
    row: Case = Case.objects.visible_to(by).select_for_update(of=("self",)).get(pk=case.pk)
    if row.decided_at is not None:
        if (row.decision, row.text, row.decided_by_id) == (decision, text, by.user_id):
            return row
        raise AlreadyDecidedError(row)
    row.decision, row.text, row.decided_by, row.decided_at = decision, text, by.user, now
    row.save()
    said = f"Tumour board: {row.get_decision_display().lower()}. {row.question}{f' {text}' if text else ''}"
    values = {"kind": "note", "happened_on": now.date(), "text": said}
    add(Occurrence, patient=row.patient, values=values, submission=row.pk, by=by, now=now)
    return row
