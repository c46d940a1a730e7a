"""What was moved from and to a record, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guideline.edition import load_edition
from monitoring.results.models import (
    Direction,
    Move,
    MovedKind,
    NerveAssessment,
    PetScan,
    Result,
)
from monitoring.results.pet_presenters import scan_in_words
from monitoring.results.presenters import result_in_words
from patients.models import Patient

SHOWN = 20


@dataclass(frozen=True)
class MoveShown:
    """One side of a move; ``what`` names the entry as it stands now, "" where it can no longer be read."""

    at: datetime
    by: str
    arrived: bool
    what: str
    other: str
    other_number: str
    reason: str


def moved_in_words(row: Result | PetScan | NerveAssessment) -> str:
    if isinstance(row, Result):
        return result_in_words(row, load_edition())
    if isinstance(row, PetScan):
        return scan_in_words(row)
    return f"Neurologic assessment of {row.assessed_on:%-d %B %Y}"


def moves_of(patient: Patient) -> list[MoveShown]:
    """What left the record and what arrived in it, newest first, at most SHOWN."""
    moves = list(
        Move.objects.of(patient)
        .select_related("recorded_by", "other")
        .order_by("-recorded_at", "-id")[:SHOWN]
    )
    words = _words(moves)
    return [
        MoveShown(
            at=move.recorded_at,
            by=move.recorded_by.full_name,
            arrived=move.direction == Direction.ARRIVED,
            what=words.get((move.kind, move.row_id), MovedKind(move.kind).label),
            other=move.other.full_name,
            other_number=move.other.record_number,
            reason=move.reason,
        )
        for move in moves
    ]


def _words(moves: Iterable[Move]) -> dict[tuple[str, int], str]:
    """Each moved entry in words; one query for each kind that occurs."""
    wanted: dict[str, set[int]] = {}
    for move in moves:
        wanted.setdefault(move.kind, set()).add(move.row_id)
    models: dict[str, Any] = {
        MovedKind.RESULT: Result,
        MovedKind.PET: PetScan,
        MovedKind.NERVE: NerveAssessment,
    }
    return {
        (kind, row.pk): moved_in_words(row)
        for kind, ids in wanted.items()
        for row in models[kind].objects.filter(pk__in=ids)
    }
