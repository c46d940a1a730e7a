"""What patient pages show, as plain data; templates turn it into HTML."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from patients.dates import age_on
from patients.models import Patient


@dataclass(frozen=True)
class IdentityStrip:
    """The line on every page and dialog that says whose record is open."""

    patient_id: UUID
    name: str
    birth_date: date
    age: int
    sex: str
    record_number: str
    extent: str | None = None
    line: str | None = None
    flags: tuple[str, ...] = ()


def identity_strip(patient: Patient, *, on: date) -> IdentityStrip:
    return IdentityStrip(
        patient_id=patient.pk,
        name=patient.full_name,
        birth_date=patient.birth_date,
        age=age_on(patient.birth_date, on),
        sex=patient.get_sex_display(),
        record_number=patient.record_number,
    )
