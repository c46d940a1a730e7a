"""What reads over the record hand on: a known fact, and a treatment as courses read it."""

from dataclasses import dataclass
from datetime import date

from guideline.course.lines import DISEASE_DIRECTED
from patients.models import RadiationIntent, StopReason, TreatmentKind
from patients.partial_dates import PartialDate, Precision

ABOUT = "about "

FactValue = bool | int | float | str


@dataclass(frozen=True)
class RecordedFact:
    """A known fact of the record: its value, the day it was found, and where it stands."""

    value: FactValue
    on: date
    source: str


@dataclass(frozen=True)
class TreatmentGiven:
    """A treatment as charts and courses read it; ``ended_on`` None is ongoing."""

    id: int
    kind: str
    name: str
    started_on: date
    ended_on: date | None
    stop_reason: str
    intent: str
    stabilized: bool | None
    stabilized_on: date | None
    continues: bool | None
    neurotoxic: bool | None
    regimen: str = ""
    response: str = ""
    support: str = ""
    cells_collected: bool | None = None
    started_precision: str = Precision.DAY
    ended_precision: str = Precision.DAY

    @property
    def started(self) -> str:
        """The first day, or *about* the month or year if no more is known."""
        return _when(self.started_on, self.started_precision)

    @property
    def ended(self) -> str:
        """The last day likewise; "" while it goes on."""
        return _when(self.ended_on, self.ended_precision) if self.ended_on else ""

    @property
    def starts_lines(self) -> bool:
        """Whether it treats the disease, so that it starts or continues a line."""
        return self.kind in DISEASE_DIRECTED and self.intent != RadiationIntent.ADJUNCT

    @property
    def kind_label(self) -> str:
        return TreatmentKind(self.kind).label

    @property
    def stop_reason_label(self) -> str:
        return StopReason(self.stop_reason).label if self.stop_reason else ""


def _when(day: date, precision: str) -> str:
    return f"{'' if precision == Precision.DAY else ABOUT}{PartialDate(day, precision)}"
