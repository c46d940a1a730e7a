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
    thumbnail: Thumbnail | None


DECISIONS: list[tuple[Any, Any]] = list(BoardDecision.choices)


def cases_shown(cases: list[OpenCase], *, on: date) -> list[CaseShown]:
    return [
        CaseShown(
            case=one.case,
            patient=one.case.patient,
            identity=identity_strip(one.case.patient, on=on),
            panel=panel_of(one.course),
            thumbnail=thumbnail_of(one.course.reading),
        )
        for one in cases
    ]
