"""Two ways to bring the same rows into one table: ours, and bulk_create. Import after Django is set up."""

import time
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Self
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import Membership
from accounts.scope import enter_hospital, hospital_scope
from guideline.edition import load_edition
from monitoring.imports import mapping, working
from monitoring.imports.actions import batches
from monitoring.imports.files.content import find_layout, read_table
from monitoring.imports.models import Batch
from monitoring.results.models import Precision, Result
from patients.models import Patient
from tests.personas import build_house, registered

FIRST_DAY = date(1990, 1, 1)


@dataclass(frozen=True)
class Hospital:
    """A hospital whose rows are really committed."""

    by: Membership
    patients: dict[str, UUID]

    @classmethod
    def with_patients(cls, number: int) -> Self:
        with transaction.atomic():
            alice = build_house().alice
            patients = {
                f"A-{place}": registered(alice, record_number=f"A-{place}", birth_date=date(1950, 1, 1)).pk
                for place in range(number)
            }
        return cls(alice, patients)

    @classmethod
    def of_house(cls, by: Membership) -> Self:
        """A hospital that is there already, with the patients it has."""
        with hospital_scope(by.hospital_id, actor="benchmark"):
            return cls(by, dict(Patient.objects.values_list("record_number", "pk")))

    def imported(self, number: int, turn: int) -> float:
        """Seconds from the accepted upload to the committed rows; a turn before writes its own days."""
        rows = [
            f"{patient},VEGF,{value},pg/mL,Plasma,{day},Laboratory A,ELISA,96"
            for patient, value, day in self._rows(number, turn * 2)
        ]
        header = "Patient,Analyte,Value,Unit,Specimen,Date,Laboratory,Method,Upper limit"
        content = "\n".join([header, *rows]).encode()
        began = time.perf_counter()
        batch = self._uploaded(content)
        self._work(batch)
        with hospital_scope(self.by.hospital_id, actor="benchmark"):
            batches.ask_import(batch=batch, accept_unusual=False, by=self.by, now=timezone.now())
        self._work(batch)
        return time.perf_counter() - began

    def inserted(self, number: int, turn: int) -> float:
        """Seconds for bulk_create of as many rows, history included."""
        now, submission = timezone.now(), uuid4()
        rows = [
            Result(
                patient_id=self.patients[patient],
                hospital_id=self.by.hospital_id,
                recorded_by=self.by.user,
                recorded_at=now,
                submission=submission,
                position=place,
                analyte="vegf",
                value=Decimal(value),
                unit="pg/mL",
                specimen="plasma",
                laboratory="Laboratory A",
                method="ELISA",
                upper_limit=Decimal(96),
                collected_on=day,
                collected_precision=Precision.DAY,
                source="import",
            )
            for place, (patient, value, day) in enumerate(self._rows(number, turn * 2 + 1))
        ]
        began = time.perf_counter()
        with hospital_scope(self.by.hospital_id, actor="benchmark"):
            Result.objects.bulk_create(rows, batch_size=500)
        return time.perf_counter() - began

    def _uploaded(self, content: bytes) -> Batch:
        with transaction.atomic():
            enter_hospital(self.by.hospital_id)
            layout = find_layout(content)
            table = read_table(content, layout)
            batch = batches.upload(
                content=content, name="results.csv", layout=layout, source_name="Laboratory A", patient=None,
                submission=uuid4(), by=self.by, now=timezone.now(),
            )  # fmt: skip
            chosen = mapping.proposal(table, load_edition())
            batches.save_columns(batch=batch, chosen=chosen, by=self.by)
            batches.ask_check(batch=batch, by=self.by, now=timezone.now())
        return batch

    def _work(self, batch: Batch) -> None:
        outcome = working.work(hospital_id=batch.hospital_id, batch_id=batch.pk, clock=timezone.now)
        if outcome != working.Outcome.DONE:
            raise RuntimeError(f"the work ended with: {outcome}")

    def _rows(self, number: int, series: int) -> list[tuple[str, int, date]]:
        """Patient, value and day of each row; each series has its own days."""
        names = list(self.patients)
        each = number // len(names)
        return [
            (
                names[place % len(names)],
                20 + place % 1900,
                FIRST_DAY + timedelta(place // len(names) + series * each),
            )
            for place in range(number)
        ]
