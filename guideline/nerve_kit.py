"""From the answers of a neurologic assessment to its grades and sums; a missing answer is never zero.

Each grade is given only where every answer that could change it is known.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from guideline.entries import Instrument, Scale
from guideline.logic import Truth, all_of, negation

TaskAnswer = Literal["unaffected", "hampered", "prevented"]
Support = Literal["none", "one_side", "both_sides", "wheelchair"]
PREVENTED, HAMPERED = "prevented", "hampered"


@dataclass(frozen=True)
class Limits:
    """What a measure may be, inclusive unless ``minimum_excluded``; ``unit`` is UCUM, "" for points."""

    minimum: Decimal | int
    maximum: Decimal | int
    minimum_excluded: bool
    whole: bool
    can_be_unable: bool
    unit: str

    def hold(self, number: Decimal) -> bool:
        """Whether the number can be a value of this measure."""
        above = number > self.minimum if self.minimum_excluded else number >= self.minimum
        return above and number <= self.maximum and (not self.whole or number == number.to_integral())


@dataclass(frozen=True)
class Arms:
    """The arm questions: one answer a task; movement is asked only where every task is prevented."""

    tasks: tuple[TaskAnswer | None, ...]
    symptoms: Truth
    purposeful_movement: Truth


@dataclass(frozen=True)
class Legs:
    """The leg questions. ``stands``: stands and walks one metre with one person's help."""

    difficulty: Truth = None
    looks_abnormal: Truth = None
    support: Support | None = None
    stands: Truth = None
    purposeful_movement: Truth = None


def limits_of(instrument: Instrument, scales: Mapping[str, Scale]) -> Limits:
    """The range of a measure: that of the nerve scale of its key, else its own. One of the two must exist."""
    scale = scales.get(instrument.key)
    if scale is not None:
        return Limits(
            scale.minimum,
            scale.maximum,
            scale.minimum_excluded,
            instrument.whole,
            scale.can_be_unable,
            scale.unit or "",
        )
    if instrument.minimum is None or instrument.maximum is None:
        raise ValueError(f"{instrument.key} has neither a scale nor a range of its own; add one")
    return Limits(
        instrument.minimum,
        instrument.maximum,
        minimum_excluded=False,
        whole=instrument.whole,
        can_be_unable=instrument.can_be_unable,
        unit=instrument.unit or "",
    )


def arm_grade(arms: Arms) -> str | None:
    """The name of the arm grade; None where an answer that decides it is missing."""
    answers = set(arms.tasks)
    if PREVENTED in answers and answers & {"unaffected", HAMPERED}:
        return "some_prevented"
    if None in answers or not answers:
        return None
    if answers == {PREVENTED}:
        return _word(arms.purposeful_movement, true="all_prevented", false="no_movement")
    if HAMPERED in answers:
        return HAMPERED
    return _word(arms.symptoms, true="symptoms", false="normal")


def leg_grade(legs: Legs) -> str | None:
    """The name of the leg grade; None where an answer that decides it is missing."""
    if legs.support in ("one_side", "both_sides"):
        return legs.support
    if legs.support == "wheelchair":
        moves = _word(legs.purposeful_movement, true="cannot_stand", false="no_movement")
        return _word(legs.stands, true="wheelchair", false=moves)
    if legs.difficulty is False:
        return "normal"
    if legs.support == "none" and legs.looks_abnormal:
        return "looks_abnormal"
    unaided = all_of(legs.support == "none", legs.difficulty, negation(legs.looks_abnormal))
    return "looks_normal" if unaided else None


def onls_total(arms: str | None, legs: str | None, instrument: Instrument) -> int | None:
    """Arm grade plus leg grade; None where one is not known."""
    if arms is None or legs is None:
        return None
    return instrument.grades["arms"][arms] + instrument.grades["legs"][legs]


def whole_sum(grades: Iterable[int | None]) -> int | None:
    """The sum of all grades; None where one is missing, for a partial sum looks like a weak patient."""
    known = list(grades)
    return None if None in known else sum(grade for grade in known if grade is not None)


def _word(answer: Truth, *, true: str, false: str | None) -> str | None:
    return None if answer is None else true if answer else false
