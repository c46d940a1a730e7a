"""One patient's course, read once for a page: values by series, scans, treatments, and how it all reads."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from approval.standing import edition_at
from guideline.course.definitions import Definitions
from guideline.course.interpret import interpret
from guideline.course.reading import Reading
from guideline.course.waits import Wait, waits_of
from guideline.edition import Edition
from monitoring.course.queries import PatientHistory, Scanned, findings_of, history_of, points_of, scans_of
from monitoring.course.references import References, references_of
from monitoring.course.series import Series, series_of
from patients.models import Occurrence, Patient
from patients.queries import TreatmentGiven, treatments_of


@dataclass(frozen=True)
class CourseRead:
    """A course as it reads on the day ``on``."""

    on: date
    edition: Edition
    history: PatientHistory
    reading: Reading


@dataclass(frozen=True)
class Course(CourseRead):
    """What the page of a course starts from: the reading, and all that is drawn."""

    series: tuple[Series, ...]
    scans: tuple[Scanned, ...]
    treatments: tuple[TreatmentGiven, ...]
    events: tuple[Occurrence, ...]

    @cached_property
    def references(self) -> References:
        return references_of(self.reading)

    @cached_property
    def waits(self) -> tuple[Wait, ...]:
        """When imaging and nerve are too early to judge, or not yet final."""
        return waits_of(self.reading.lines, self.on, Definitions(self.edition))

    @property
    def empty(self) -> bool:
        return not (self.series or self.scans or self.treatments or self.events)


def course_of(patient: Patient, *, on: date) -> Course:
    """The course of a patient as it stands on the day ``on``, in a fixed number of queries."""
    edition = edition_at(patient.hospital_id)
    history = history_of(patient, as_of=on)
    events = Occurrence.objects.of(patient).standing().order_by("happened_on", "id")
    return Course(
        on=on,
        edition=edition,
        history=history,
        reading=interpret(history.parsed, edition),
        series=tuple(series_of([*points_of(patient), *findings_of(patient)], edition)),
        scans=tuple(scans_of(patient)),
        treatments=tuple(treatments_of(patient)),
        events=tuple(events),
    )
