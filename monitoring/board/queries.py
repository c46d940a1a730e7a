"""Reads for the tumour board's list."""

from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import Membership
from approval.standing import edition_at
from guideline.course.interpret import interpret
from monitoring.board.models import Case
from monitoring.course.courses import CourseRead
from monitoring.course.queries import histories_of

RECENT = timedelta(days=30)


@dataclass(frozen=True)
class OpenCase:
    case: Case
    course: CourseRead


def open_cases(member: Membership, *, on: date) -> list[OpenCase]:
    """What is still to be discussed, oldest first, each with its course read on the day ``on``."""
    rows = Case.objects.visible_to(member).open().select_related("patient", "patient__summary", "recorded_by")
    cases = list(rows.order_by("recorded_at", "id"))
    histories = histories_of([case.patient_id for case in cases], as_of=on)
    edition = edition_at(member.hospital_id)
    return [
        OpenCase(case, CourseRead(on, edition, history, interpret(history.parsed, edition)))
        for case in cases
        for history in [histories[case.patient_id]]
    ]


def recently_decided(member: Membership, *, on: date) -> list[Case]:
    """What the board decided in the last thirty days, newest first."""
    rows = Case.objects.visible_to(member).filter(decided_at__date__gte=on - RECENT)
    return list(rows.select_related("patient", "decided_by").order_by("-decided_at"))
