"""What a plan hands down: one examination to come, as plain data that knows nothing of plans."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


class WindowError(ValueError):
    """The due day lies outside its window."""


@dataclass(frozen=True)
class PlannedItem:
    """One examination with its window, in days already counted from the anchor.

    ``kind`` and ``title`` are the words of the guideline's content (``vegf``; *VEGF and blood*), ``anchor``
    is the content's word for the event counted from (``transplant_day``) and ``anchored_on`` its day.
    ``overdue_at_once``: waiting after ``latest`` does harm, so its reminder does not wait either.
    ``responsible_id`` and ``deputy_id`` are people of this item alone; else the plan's and the team's.

    Raises WindowError unless earliest <= due <= latest.
    """

    kind: str
    title: str
    anchor: str
    anchored_on: date
    earliest: date
    due: date
    latest: date
    overdue_at_once: bool = False
    responsible_id: UUID | None = None
    deputy_id: UUID | None = None

    def __post_init__(self) -> None:
        if not self.earliest <= self.due <= self.latest:
            raise WindowError(
                f"{self.title}: due {self.due} lies outside its window {self.earliest} to {self.latest}."
            )
