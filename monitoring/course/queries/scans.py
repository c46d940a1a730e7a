"""The scans of a course as its chart draws them."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db import connection

from patients.models import Patient
from patients.partial_dates import PartialDate


class Scanned(NamedTuple):
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


# As with the points: the chart's data may cost little more than to select them.
SCANS = """
    SELECT id, scanned_on, scanned_precision, tracer, sum_suv_max, avid_lesions, new_lesion, laboratory
    FROM results_petscan
    WHERE patient_id = %s AND hospital_id = %s AND entered_in_error_at IS NULL
    ORDER BY scanned_on, id
"""


def scans_of(patient: Patient) -> list[Scanned]:
    """All scans that stand, oldest first, of every tracer."""
    with connection.cursor() as cursor:
        cursor.execute(SCANS, [patient.pk, patient.hospital_id])
        return list(map(Scanned._make, cursor.fetchall()))
