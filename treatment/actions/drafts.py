"""Begin and discard drafts, and write down each answer when it is given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import Membership
from guideline.errors import InputError
from guideline.fact_table import FACT
from patients.models import Patient
from treatment.facts import Prefill, as_recorded, case_of, known_facts
from treatment.forms.answers import Given
from treatment.models import Answer, Draft, DraftState
from treatment.words import refusal_in_words

EMPTIED = "Empty is not an answer: give a number, or choose “Not known”."


class DraftClosedError(Exception):
    """The draft was signed or discarded meanwhile; nothing can be written to it."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        super().__init__(f"draft {draft.pk} is {draft.state}")


class StaleAnswerError(Exception):
    """Somebody answered after this form was opened; ``current`` is what stands."""

    def __init__(self, current: Answer | None) -> None:
        self.current = current
        super().__init__("the answer changed meanwhile")


@dataclass(frozen=True)
class Submitted:
    """What a form says about a question: an answer or none, and the version it was looking at."""

    given: Given | None
    version: int


@dataclass
class Outcome:
    """What became of each submitted question: written, in conflict with a newer answer, or refused."""

    saved: dict[str, Answer] = field(default_factory=dict)
    conflicts: dict[str, Answer] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def start(
    *,
    patient: Patient,
    record: Mapping[str, Any],
    amends: UUID | None = None,
    by: Membership,
    now: datetime,
) -> Draft:
    """The patient's open draft, begun now if there is none. ``record`` is ``treatment.facts.snapshot``.

    ``amends`` is the plan of which a draft begun now will be the next version.
    """
    draft = Draft(
        patient=patient,
        hospital_id=patient.hospital_id,
        recorded_by=by.user,
        recorded_at=now,
        updated_at=now,
        record_at_start=dict(record),
        amends=amends,
    )
    standing = Draft.objects.visible_to(by).of(patient).filter(state=DraftState.OPEN)
    try:
        with transaction.atomic():
            return standing.first() or _inserted(draft)
    except IntegrityError:  # a second click, or a colleague, was faster
        return standing.get()


@transaction.atomic
def discard(*, draft: Draft, by: Membership, now: datetime) -> None:
    """Close the draft without a plan; its answers stay readable in the history. Raises DraftClosedError."""
    locked = locked_draft(draft, by=by)
    close(locked, DraftState.DISCARDED, by=by, now=now)


@transaction.atomic
def discard_open(*, patient: Patient, by: Membership, now: datetime) -> None:
    """Close the patient's open draft, if there is one."""
    for draft in Draft.objects.visible_to(by).of(patient).filter(state=DraftState.OPEN).select_for_update():
        close(draft, DraftState.DISCARDED, by=by, now=now)


@transaction.atomic
def open_again(*, patient: Patient, closed_at: datetime, by: Membership, now: datetime) -> None:
    """Take a ``discard_open`` of that moment back, answers and all."""
    discarded = Draft.objects.visible_to(by).of(patient).filter(state=DraftState.DISCARDED)
    for draft in discarded.filter(closed_at=closed_at).select_for_update():
        draft.state, draft.closed_at, draft.closed_by, draft.updated_at = DraftState.OPEN, None, None, now
        draft.save()


@transaction.atomic
def answer(
    *,
    draft: Draft,
    submitted: Mapping[str, Submitted],
    prefills: Mapping[str, Prefill],
    by: Membership,
    now: datetime,
    on: date,
) -> Outcome:
    """Write each answer that is new, possible and not behind a newer one; say what became of the others.

    An answer equal to what the record says keeps the record's source; if that is too old to be taken over, it
    says besides that it still held on the day ``on``. Raises DraftClosedError.
    """
    locked = locked_draft(draft, by=by)
    standing = {row.question: row for row in locked.answers.select_related("recorded_by")}
    outcome = Outcome()
    changes = _changes(submitted, standing, outcome)
    for question, given in _possible(locked.patient, standing, changes, outcome, on=on).items():
        row = standing.get(question) or _new_answer(locked, question)
        source = prefills.get(question)
        _note_source(row, source if source and _same(source.value, given.value) else None, on=on)
        if row.source and source is not None:
            locked.record_at_start[question] = as_recorded(source)
        outcome.saved[question] = _write(row, given.value, by=by, now=now)
    if outcome.saved:
        _touch(locked, now)
    return outcome


@transaction.atomic
def answer_whole(
    *, draft: Draft, question: str, value: Any, version: int, by: Membership, now: datetime
) -> Answer:
    """Write a question of the wizard's own (choice, follow-up) as plain data.

    Raises StaleAnswerError, DraftClosedError.
    """
    locked = locked_draft(draft, by=by)
    standing = locked.answers.select_related("recorded_by").filter(question=question).first()
    if standing is not None and standing.value == value:
        return standing
    if version != (standing.version if standing else 0):
        raise StaleAnswerError(standing)
    _touch(locked, now)
    return _write(standing or _new_answer(locked, question), value, by=by, now=now)


@transaction.atomic
def answer_again(*, draft: Draft, answer: Answer, by: Membership, now: datetime, on: date) -> Answer:
    """Say on the day ``on`` that an older answer still holds. Raises StaleAnswerError, DraftClosedError."""
    locked = locked_draft(draft, by=by)
    standing = locked.answers.select_related("recorded_by").filter(question=answer.question).first()
    if standing is None or standing.version != answer.version:
        raise StaleAnswerError(standing)
    standing.confirmed_on = on if standing.source else None
    _touch(locked, now)
    return _write(standing, standing.value, by=by, now=now)


def locked_draft(draft: Draft, *, by: Membership) -> Draft:
    """The draft, for this transaction alone. Raises DraftClosedError if it is no longer open."""
    locked: Draft = (
        Draft.objects.visible_to(by)
        .select_for_update(of=("self",))
        .select_related("patient")
        .get(pk=draft.pk)
    )
    if not locked.is_open:
        raise DraftClosedError(locked)
    return locked


def close(draft: Draft, state: DraftState, *, by: Membership, now: datetime) -> None:
    """End a locked draft."""
    draft.state, draft.closed_at, draft.closed_by, draft.updated_at = state, now, by.user, now
    draft.save()


def _inserted(draft: Draft) -> Draft:
    draft.save(force_insert=True)
    return draft


def _changes(
    submitted: Mapping[str, Submitted], standing: Mapping[str, Answer], outcome: Outcome
) -> dict[str, Given]:
    """The submitted answers that are new; conflicts and emptied fields go into ``outcome``."""
    changes: dict[str, Given] = {}
    for question, said in submitted.items():
        row = standing.get(question)
        if said.given is None:
            if row is not None and row.version == said.version:
                outcome.refused[question] = EMPTIED
        elif row is not None and _same(row.value, said.given.value):
            continue
        elif said.version != (row.version if row else 0):
            if row is not None:
                outcome.conflicts[question] = row
        else:
            changes[question] = said.given
    return changes


def _possible(
    patient: Patient,
    standing: Mapping[str, Answer],
    changes: dict[str, Given],
    outcome: Outcome,
    *,
    on: date,
) -> dict[str, Given]:
    """The changes that contradict nothing; the sentence about the others goes into ``outcome``.

    All are tried together first, so that two answers may change places; then one after the other.
    """
    values = {question: row.value for question, row in standing.items() if question in FACT}
    if _contradiction(patient, values | _values(changes), on=on) is None:
        return changes
    accepted: dict[str, Given] = {}
    for question, given in changes.items():
        trial = values | _values(accepted) | {question: given.value}
        contradiction = _contradiction(patient, trial, on=on)
        if contradiction is None:
            accepted[question] = given
        else:
            outcome.refused[question] = refusal_in_words(contradiction)
    return accepted


def _contradiction(patient: Patient, values: Mapping[str, Any], *, on: date) -> InputError | None:
    facts = known_facts(patient, values, on=on)
    if "line" not in facts:
        facts["line"] = "first"  # not answered yet: the other facts can still contradict each other
    try:
        case_of(facts)
    except InputError as error:
        return error
    return None


def _values(changes: Mapping[str, Given]) -> dict[str, Any]:
    return {question: given.value for question, given in changes.items()}


def _same(one: object, other: object) -> bool:
    """Equal and of one kind: 1 lesion is not yes."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _new_answer(draft: Draft, question: str) -> Answer:
    return Answer(
        draft=draft, patient_id=draft.patient_id, hospital_id=draft.hospital_id, question=question, version=0
    )


def _note_source(row: Answer, source: Prefill | None, *, on: date) -> None:
    """Where the answer is from, if it is what the record says; confirmed if that is too old to take over."""
    row.source = source.source if source else ""
    row.source_on = source.on if source else None
    row.confirmed_on = on if source and not source.current else None


def _write(row: Answer, value: Any, *, by: Membership, now: datetime) -> Answer:
    row.value, row.recorded_by, row.recorded_at = value, by.user, now
    row.version += 1
    row.save()
    return row


def _touch(draft: Draft, now: datetime) -> None:
    draft.updated_at = now
    draft.save(update_fields=["updated_at", "record_at_start"])
