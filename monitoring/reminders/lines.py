"""What a digest is made of: an item, the stage it has reached, and who is told."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Line:
    """An item's stage and who is told; the key of a DigestLine."""

    follow_up_id: UUID
    stage: str
    recipient_id: UUID
    counted_from: date
