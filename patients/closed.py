"""What a record that is no longer in care still allows, and the sentence that refuses the rest.

A merged record takes no change: what is true belongs into the record that survives, and a row written here
would be read by nobody. The record of somebody who died stays open for corrections and for what arrives
late (a result, an autopsy, the last day of a treatment): it is read in cohorts for years, and a wrong record
is worse than an open one. Nothing that looks ahead is begun in it: no plan, no follow-up.
"""

from django.core.exceptions import PermissionDenied

from patients.models import Care, Patient


class RecordClosedError(PermissionDenied):
    """A closed record does not take the change; ``sentence`` says why, ``patient`` whose record it is."""

    def __init__(self, patient: Patient, sentence: str) -> None:
        self.patient = patient
        self.sentence = sentence
        super().__init__(sentence)


def require_changeable(patient: Patient) -> None:
    """Raises RecordClosedError for a merged record."""
    if patient.care == Care.MERGED:
        raise RecordClosedError(
            patient, "This record was merged into another one and takes no more changes; make them there."
        )


def require_in_care(patient: Patient) -> None:
    """Raises RecordClosedError for whoever is no longer in care: plans and follow-ups are for the living."""
    require_changeable(patient)
    if patient.care == Care.DECEASED:
        raise RecordClosedError(
            patient,
            f"{death_in_words(patient)}. The record can still be corrected, but nothing is planned in it.",
        )


def death_in_words(patient: Patient) -> str:
    """*Died 3 May 2026*, or as much of the day as is known."""
    return f"Died {patient.died}" if patient.died else "Died, day not known"
