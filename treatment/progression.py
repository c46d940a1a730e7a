"""When the disease progressed last: what was found before may no longer describe it."""

from datetime import date

from guideline.course.interpret import interpret
from guideline.course.reading import Axes
from guideline.course.verdicts import PROGRESSION
from guideline.edition import Edition
from guideline.errors import InputError
from monitoring.course.queries import history_of
from patients.models import Patient, StopReason
from patients.queries import treatments_of


def last_progression(patient: Patient, edition: Edition, *, on: date) -> date | None:
    """The last day up to ``on`` on which treatment was stopped for progression, or an axis showed it.

    A course that contradicts itself cannot be read: then ``on``, so that all that was found before is asked.
    """
    days = [
        given.ended_on
        for given in treatments_of(patient)
        if given.stop_reason == StopReason.PROGRESSION and given.ended_on is not None
    ]
    try:
        days += _read_from(interpret(history_of(patient, as_of=on).parsed, edition).axes)
    except InputError:
        return on
    return max((day for day in days if day <= on), default=None)


def _read_from(axes: Axes) -> list[date]:
    days = [axes.pet.progressed_on]
    if axes.clone.judged.word == PROGRESSION:
        days.append(axes.clone.latest_on)
    return [day for day in days if day is not None]
