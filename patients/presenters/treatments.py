"""The page of treatments given: lines with what belongs to each, and what stands beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from guideline.case_input import parse_case
from guideline.course.lines import Line
from guideline.edition import load_edition
from guideline.wording import sentence, words_of
from patients.models import (
    Criterion,
    Patient,
    PlannedState,
    PlannedTreatment,
    RadiationIntent,
    Treatment,
    TreatmentKind,
)
from patients.partial_dates import Precision
from patients.presenters.errors import entry_in_error
from patients.queries import newest_diagnosis, treatments_of
from patients.queries.standing import current_lines
from patients.regimens import REGIMENS

# Which statement of the guideline says why a kind of treatment does not count as treating the disease.
NOT_COUNTED = {
    TreatmentKind.IMMUNOGLOBULIN.value: "CIDP-THERAPY",
    TreatmentKind.PLASMA_EXCHANGE.value: "CIDP-THERAPY",
    TreatmentKind.ANTI_VEGF.value: "ANTI-VEGF",
}
COUNTED = {
    TreatmentKind.ANTI_VEGF.value: "doses",
    TreatmentKind.IMMUNOGLOBULIN.value: "courses",
    TreatmentKind.PLASMA_EXCHANGE.value: "exchanges",
}
KIND_HINTS = {
    TreatmentKind.RADIATION: "Of a lesion or several; its clock starts with the last fraction.",
    TreatmentKind.SYSTEMIC: "A regimen with its cycles, doses and why it ended.",
    TreatmentKind.MOBILIZATION: "Collecting stem cells before a transplantation.",
    TreatmentKind.ASCT: "By its day 0.",
    TreatmentKind.ANTI_VEGF: "Recorded, because it lowers VEGF without treating the disease.",
    TreatmentKind.IMMUNOGLOBULIN: "Recorded; it does not count as treating the disease.",
    TreatmentKind.PLASMA_EXCHANGE: "Recorded; it does not count as treating the disease.",
    TreatmentKind.SUPPORTIVE: "Thromboprophylaxis, endocrine replacement and other.",
}


@dataclass(frozen=True)
class NotCounted:
    """Why a treatment does not count as treating the disease: the guideline's sentence and its sources."""

    text: str
    sources: str


@dataclass(frozen=True)
class TreatmentShown:
    """One treatment as a row of the page. ``inferred`` says why the guideline put it where it stands."""

    row: Treatment
    kind: str
    started: str
    ended: str
    details: list[str]
    marks: list[str]
    inferred: str = ""


@dataclass(frozen=True)
class LineShown:
    number: int
    since: str
    treatments: list[TreatmentShown]


def kinds_to_choose() -> list[tuple[str, str, str]]:
    """Each kind with its label and a hint, in the order of the list."""
    return [(kind.value, str(kind.label), hint) for kind, hint in KIND_HINTS.items()]


def treatments_page(patient: Patient, *, on: date) -> dict[str, Any]:
    """Lines oldest first; then what joins no line, and what was entered in error."""
    everything = Treatment.objects.of(patient).select_related("entered_in_error_by")
    rows = {row.pk: row for row in everything.order_by("started_on", "id")}
    given = [one for one in treatments_of(patient) if one.id in rows]
    lines = current_lines(given, on=on)
    in_lines = {given[t.position].id for line in lines for t in line.treatments}
    beside = [row for key, row in rows.items() if key not in in_lines and row.entered_in_error_at is None]
    ids = [one.id for one in given]
    planned = PlannedTreatment.objects.of(patient).filter(state=PlannedState.PLANNED)
    return {
        "planned": list(planned.order_by(F("start").asc(nulls_last=True), "position")),
        "lines": [_line(number, line, ids, rows) for number, line in enumerate(lines, start=1)],
        "beside": [_shown(row) for row in beside],
        "reasons": _reasons(beside, patient),
        "errors": [
            entry_in_error(row, f"{row.name}, from {row.started}")
            for row in rows.values()
            if row.entered_in_error_at is not None
        ],
    }


def why_not_counted(kind: str, patient: Patient) -> NotCounted | None:
    """The guideline's sentence on a treatment that does not treat the disease, with what was found here."""
    statement = NOT_COUNTED.get(kind)
    if statement is None:
        return None
    edition, newest = load_edition(), newest_diagnosis(patient)
    found = {name: getattr(newest, name) if newest else None for name in Criterion.values}
    words = words_of(parse_case({"line": "first", "diagnosis": found}), edition)
    sources = [edition.sources[key] for key in edition.statement(statement).sources]
    return NotCounted(
        sentence(edition, statement, words),
        "; ".join(f"{source.title}, {source.published_in}" for source in sources),
    )


def _reasons(beside: Sequence[Treatment], patient: Patient) -> list[NotCounted]:
    """Each reason once, however many treatments it is about."""
    found = (why_not_counted(kind, patient) for kind in dict.fromkeys(row.kind for row in beside))
    return list(dict.fromkeys(reason for reason in found if reason))


def _line(number: int, line: Line, ids: Sequence[int], rows: dict[int, Treatment]) -> LineShown:
    treatments = [
        _shown(
            rows[ids[member.treatment.position]],
            inferred=_inference(member.because, number) if member.inferred else "",
        )
        for member in line.members
    ]
    return LineShown(number, treatments[0].started, treatments)


def _inference(because: str, number: int) -> str:
    if because == "starts a line":
        return f"Nobody said whether it continues line {number - 1}; taken as the start of line {number}."
    return f"Nobody said that it continues this line; taken so: {because}."


def _shown(row: Treatment, *, inferred: str = "") -> TreatmentShown:
    return TreatmentShown(
        row=row,
        kind=_kind(row),
        started=_about(str(row.started), row.started_precision),
        ended=_about(str(row.ended), row.ended_precision) if row.ended else "",
        details=[detail for detail in _details(row) if detail],
        marks=["neurotoxic"] if row.neurotoxic else [],
        inferred=inferred,
    )


def _about(day: str, precision: str) -> str:
    return day if precision == Precision.DAY else f"about {day}"


def _kind(row: Treatment) -> str:
    if row.kind == TreatmentKind.RADIATION and row.intent == RadiationIntent.ADJUNCT:
        return "Radiation, adjunct"
    if row.support:
        axis = f", {row.get_axis_display().lower()}" if row.axis else ""
        return f"{row.get_support_display()}{axis}"
    return row.get_kind_display()


def _details(row: Treatment) -> list[str]:
    what = COUNTED.get(row.kind, "cycles")
    cycles = f"{row.cycles_given} {what} given" if row.cycles_given is not None else ""
    planned = f"{row.cycles_planned} planned" if row.cycles_planned is not None else ""
    fractions = f" in {row.fractions} fractions" if row.fractions else ""
    regimen = REGIMENS.get(row.regimen)
    return [
        f"{row.dose_gy.normalize():f} Gy{fractions}"
        if row.dose_gy is not None
        else fractions[1:].capitalize(),
        row.lesions_treated,
        f"with {row.other_drugs}" if row.other_drugs else "",
        " of ".join(word for word in (cycles, planned) if word),
        row.dose_notes,
        "may damage nerves: not known" if row.neurotoxic is None and row.kind == "systemic" else "",
        _cells(row),
        row.get_response_display() if row.response else "",
        _stability(row),
        "" if regimen is None or row.name == regimen.label else regimen.label,
        row.note,
    ]


def _cells(row: Treatment) -> str:
    number = (
        f"{row.cells_10e6_kg.normalize():f} million CD34+ cells/kg" if row.cells_10e6_kg is not None else ""
    )
    enough = {True: "enough cells collected", False: "not enough cells collected", None: ""}
    return ", ".join(word for word in (enough[row.cells_collected], number) if word)


def _stability(row: Treatment) -> str:
    if row.stabilized is None:
        return ""
    answer = "stabilized" if row.stabilized else "not stabilized"
    return (
        f"{answer}, judged on {row.stabilized_on:%-d %b %Y}"
        if row.stabilized_on
        else f"{answer}, day not known"
    )
