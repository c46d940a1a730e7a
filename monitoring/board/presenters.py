"""The tumour board's list as plain data."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from monitoring.board.models import BoardDecision, Case
from monitoring.board.queries import OpenCase
from monitoring.board.thumbnails import Thumbnail, thumbnail_of
from monitoring.course.presenters.reading import Panel, panel_of
from patients.models import Patient
from patients.presenters import IdentityStrip, identity_strip


@dataclass(frozen=True)
class CaseShown:
    case: Case
    patient: Patient
    identity: IdentityStrip
    panel: Panel
    latest: list[str]
    thumbnail: Thumbnail | None


DECISIONS: list[tuple[Any, Any]] = list(BoardDecision.choices)


def cases_shown(cases: list[OpenCase], *, on: date) -> list[CaseShown]:
    return [
        CaseShown(
            case=one.case,
            patient=one.case.patient,
            identity=identity_strip(one.case.patient, on=on),
            panel=panel_of(one.course),
            latest=_latest(one),
            thumbnail=thumbnail_of(one.course.reading),
        )
        for one in cases
    ]


def _latest(one: OpenCase) -> list[str]:
    """The newest value that each axis rests on, with its day."""
    found = []
    for part in one.course.reading.parts.values():
        latest = max(part.basis.facts, key=lambda fact: fact.on, default=None)
        if latest is not None:
            found.append(f"{latest.label} {latest.shown}, {latest.on:%-d %b} {latest.on.year:04}")
    return found
