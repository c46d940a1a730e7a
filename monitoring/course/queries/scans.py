"""The scans of a course as its chart draws them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from monitoring.results.models import PetScan
from patients.models import Patient
from patients.partial_dates import PartialDate


@dataclass(frozen=True)
class Scanned:
    """A scan that stands; None is not known, no avid lesion is a finding."""

    id: int
    scanned_on: date
    scanned_precision: str
    tracer: str
    sum_suv_max: Decimal | None
    avid_lesions: int | None
    new_lesion: bool | None
    laboratory: str

    @property
    def when(self) -> PartialDate:
        return PartialDate(self.scanned_on, self.scanned_precision)

    @property
    def total(self) -> Decimal | None:
        """The summed SUVmax: nothing where no lesion is avid."""
        return Decimal(0) if self.avid_lesions == 0 else self.sum_suv_max


def scans_of(patient: Patient) -> list[Scanned]:
    """All scans that stand, oldest first, of every tracer."""
    rows = PetScan.objects.of(patient).standing().order_by("scanned_on", "id")
    return [Scanned(*row) for row in rows.values_list(*Scanned.__annotations__)]
