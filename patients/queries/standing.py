"""Where a patient stands: extent by the guideline, and the current line of treatment."""

from dataclasses import dataclass
from datetime import date

from guideline.case_input import parse_case
from guideline.course.definitions import Definitions
from guideline.course.history import History, Treatment as GivenTreatment
from guideline.course.lines import DISEASE_DIRECTED, Line, Member, lines_of
from guideline.edition import load_edition
from guideline.rules.extent import extent
from patients.models import Patient
from patients.queries.given import TreatmentGiven
from patients.queries.record import latest_facts, newest_extent, treatments_of


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


@dataclass(frozen=True)
class Place:
    """Where the guideline puts a treatment of which nobody said whether it continues the line before.

    ``line_before`` names the line it could continue, "" if it is the first; ``because`` is the
    guideline's reason.
    """

    number: int
    line_before: str
    continues: bool
    because: str

    @property
    def inference(self) -> str:
        """What the guideline infers, in a sentence."""
        if self.continues:
            return f"The guideline would infer that it continues {self.line_before}: {self.because}."
        return f"The guideline would infer that it starts line {self.number}, after {self.line_before}."


def place_in_lines(treatments: list[TreatmentGiven], candidate: TreatmentGiven, *, on: date) -> Place | None:
    """Where ``candidate``, one of ``treatments``, stands if nobody says; None if it joins no line."""
    in_order = sorted(treatments, key=lambda one: (one.started_on, one.id))
    position = in_order.index(candidate)
    for number, line in enumerate(current_lines(in_order, on=on), start=1):
        for member in line.members:
            if member.treatment.position == position:
                return _place(number, line, member, in_order, on=on)
    return None


def _place(number: int, line: Line, member: Member, treatments: list[TreatmentGiven], *, on: date) -> Place:
    continues = member is not line.members[0]
    if not continues and number == 1:
        return Place(number, "", continues=False, because=member.because)
    before = line if continues else current_lines(treatments, on=on)[number - 2]
    earlier = [one for one in before.treatments if one is not member.treatment]
    names = " → ".join(one.label for one in earlier)
    since = f"{before.start:%-d %B} {before.start.year:04}"
    label = f"line {number if continues else number - 1} ({names}, since {since})"
    return Place(number, label, continues=continues, because=member.because)


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


def is_after_radiation(patient: Patient, *, on: date) -> bool:
    """Whether radiation is all that was given for the disease so far, and it was given."""
    return _only_radiation(current_lines(treatments_of(patient), on=on))


def _only_radiation(lines: tuple[Line, ...]) -> bool:
    return bool(lines) and all(line.radiation_only for line in lines)


def _extent(patient: Patient, lines: tuple[Line, ...], *, on: date) -> str:
    """The guideline's finding; no lesion left after radiation alone is not a disease without lesions."""
    facts = latest_facts(patient, on=on)
    names = (path.split(".") for path in facts)
    found = {name: facts[f"extent.{name}"].value for group, name in names if group == "extent"}
    line = "after_radiation" if _only_radiation(lines) else "first"
    return extent(parse_case({"line": line, "extent": found}), load_edition())
