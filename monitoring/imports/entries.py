"""One result as a file tells it, and what is wrong where it cannot be taken."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple
from uuid import UUID

from monitoring.results.actions.results import ResultEntry
from monitoring.results.models import Source
from monitoring.results.moments import Collected


class Problem(NamedTuple):
    """Why a row is refused: its line, the column's header, what stands there, and the sentence."""

    line: int
    column: str
    value: str
    reason: str


class Place(NamedTuple):
    """What a source means when it sends another value for the same thing."""

    patient_id: UUID
    analyte: str
    specimen: str
    collected: Collected


class Answer(NamedTuple):
    """What was found; a number with its unit, or words."""

    value: Decimal | None
    comparator: str
    text: str
    unit: str


@dataclass(frozen=True)
class Entry:
    """One result of one row. ``state`` is "" where the file tells none."""

    line: int
    column: str
    place: Place
    answer: Answer
    laboratory: str
    method: str
    lower_limit: Decimal | None
    upper_limit: Decimal | None
    source_id: str
    state: str

    @cached_property
    def fingerprint(self) -> UUID:
        """The same for the same content, on whatever line and in whatever file of the source."""
        collected = self.place.collected
        numbers = (
            "" if number is None else f"{number.normalize():f}"
            for number in (self.answer.value, self.lower_limit, self.upper_limit)
        )
        words = (
            *self.place[:3], collected.on, collected.precision.value, collected.instant or "", *numbers,
            *self.answer[1:], self.laboratory, self.method, self.source_id, self.state,
        )  # fmt: skip
        return UUID(bytes=blake2b("\x1f".join(map(str, words)).encode(), digest_size=16).digest())

    def as_result(self, state: str) -> ResultEntry:
        """What the record keeps."""
        collected = self.place.collected
        return ResultEntry(
            analyte=self.place.analyte,
            value=self.answer.value,
            comparator=self.answer.comparator,
            text=self.answer.text,
            unable=False,
            unit=self.answer.unit,
            specimen=self.place.specimen,
            laboratory=self.laboratory,
            method=self.method,
            lower_limit=self.lower_limit,
            upper_limit=self.upper_limit,
            collected_on=collected.on,
            collected_at_time=collected.local_time,
            collected_at=collected.instant,
            collected_precision=collected.precision,
            state=state,
            source=Source.IMPORT,
            source_id=self.source_id,
        )
