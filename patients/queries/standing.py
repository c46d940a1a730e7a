"""Where a patient stands: extent by the guideline, and the current line of treatment."""

from dataclasses import dataclass
from datetime import date

from guideline.case_input import parse_case
from guideline.course.definitions import Definitions
from guideline.course.history import History, Treatment as GivenTreatment
from guideline.course.lines import DISEASE_DIRECTED, Line, lines_of
from guideline.edition import load_edition
from guideline.rules.extent import extent
from patients.models import Patient
from patients.queries.record import TreatmentGiven, latest_facts, newest_extent, treatments_of


@dataclass(frozen=True)
class Standing:
    """Extent as the guideline's word ("" when never assessed); line 0: no treatment of the disease yet."""

    extent: str
    line_number: int
    line_name: str
    line_started_on: date | None


def standing_of(patient: Patient, *, on: date) -> Standing:
    """The standing of ``patient`` from the record as it is, on the day ``on``."""
    treatments = treatments_of(patient)
    lines = current_lines(treatments, on=on)
    current = lines[-1] if lines else None
    return Standing(
        extent=_extent(patient, lines, on=on) if newest_extent(patient) else "",
        line_number=len(lines),
        line_name=" → ".join(treatment.label for treatment in current.treatments)[:200] if current else "",
        line_started_on=current.start if current else None,
    )


def current_lines(treatments: list[TreatmentGiven], *, on: date) -> tuple[Line, ...]:
    """Lines of treatment that had started by ``on``, oldest first, as the guideline draws them."""
    given = tuple(
        _as_given(treatment, position)
        for position, treatment in enumerate(treatments)
        if treatment.kind in DISEASE_DIRECTED and treatment.started_on <= on
    )
    return lines_of(History(as_of=on, treatments=given).seen_on(on), Definitions(load_edition()))


def _as_given(treatment: TreatmentGiven, position: int) -> GivenTreatment:
    return GivenTreatment(
        position=position,
        kind=treatment.kind,
        name=treatment.name,
        start=treatment.started_on,
        end=treatment.ended_on,
        intent=treatment.intent or None,
        stop_reason=treatment.stop_reason or None,
        continues=treatment.continues,
    )


def _extent(patient: Patient, lines: tuple[Line, ...], *, on: date) -> str:
    """The guideline's finding; no lesion left after radiation alone is not a disease without lesions."""
    only_radiation = bool(lines) and all(line.radiation_only for line in lines)
    facts = latest_facts(patient, on=on)
    names = (path.split(".") for path in facts)
    found = {name: facts[f"extent.{name}"].value for group, name in names if group == "extent"}
    line = "after_radiation" if only_radiation else "first"
    return extent(parse_case({"line": line, "extent": found}), load_edition())
