"""What a digest is made of: a follow-up or an alert, the stage it has reached, and who is told."""

from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from monitoring.follow_ups.stages import Stage
from monitoring.reminders.matters import Matter


@dataclass(frozen=True)
class Line:
    """The stage of a follow-up, or of the step by which an alert asks, and who is told: a line's key."""

    follow_up_id: UUID | None
    alert_step_id: int | None
    stage: str
    recipient_id: UUID
    counted_from: date


LINE_COLUMNS = tuple(field.name for field in fields(Line))


def line_of(matter: Matter, stage: Stage, recipient_id: UUID) -> Line:
    return Line(matter.follow_up_id, matter.alert_step_id, stage, recipient_id, matter.counted_from)
