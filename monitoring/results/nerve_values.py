"""From the answers of a neurologic assessment to the values that are compared over time.

``answers`` is what ``NerveAssessment.answers`` holds: a typed number as its digits, a grade as a number,
a yes or no as a boolean, a choice as its word; what was not asked is not there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from guideline.edition import Edition
from guideline.nerve_kit import Arms, Legs, arm_grade, leg_grade, limits_of, onls_total, whole_sum

Answers = Mapping[str, Any]

# Measures with one number a visit; the first and the fourth can be computed from their items.
TOTALS = ("onls", "incat", "i_rods", "mrc_sum", "nis", "mnis7", "mrs", "pain_nrs")
GRIPS = ("grip_kpa", "grip_kg")
WALK, CMAP = "walk_10m_s", "cmap_mv"
SIDES = ("right", "left")
SEPARATOR = " · "


@dataclass(frozen=True)
class NerveValue:
    """One value of an assessment; ``place`` is the side or nerve, "" where there is none."""

    analyte: str
    value: Decimal | None
    unable: bool
    unit: str
    place: str
    version: str

    @property
    def method(self) -> str:
        """Place and scale version, as the result keeps them: another version or side is another series."""
        return SEPARATOR.join(word for word in (self.place, self.version) if word)


def is_of_place(method: str, place: str) -> bool:
    """Whether a stored method names this side or nerve; without a place every method does."""
    return not place or method == place or method.startswith(place + SEPARATOR)


def values_of(answers: Answers, edition: Edition) -> list[NerveValue]:
    """Every value the answers give, in the order of the kit; an unknown total gives none."""
    return [
        *_totals(answers, edition),
        *_grips(answers, edition),
        *_walk(answers, edition),
        *_cmap(answers, edition),
    ]


def computed_total(key: str, answers: Answers, edition: Edition) -> int | None:
    """The total that the items add up to; None where they are not complete or the measure has none."""
    if key == "onls":
        arms, legs = onls_grades(answers, edition)
        return onls_total(arms, legs, edition.instruments[key])
    if key == "mrc_sum":
        return whole_sum(muscle_grades(answers, edition))
    return None


def onls_grades(answers: Answers, edition: Edition) -> tuple[str | None, str | None]:
    """The names of the arm and the leg grade, each None where it is not known."""
    tasks = tuple(answers.get(f"onls_{part}") for part in edition.instruments["onls"].parts)
    arms = Arms(tasks, answers.get("onls_arm_symptoms"), answers.get("onls_arm_movement"))
    legs = Legs(
        difficulty=answers.get("onls_leg_difficulty"),
        looks_abnormal=answers.get("onls_gait_abnormal"),
        support=answers.get("onls_support"),
        stands=answers.get("onls_stands"),
        purposeful_movement=answers.get("onls_leg_movement"),
    )
    return arm_grade(arms), leg_grade(legs)


def muscle_grades(answers: Answers, edition: Edition) -> list[int | None]:
    """The grade of each muscle group, right and left; None where it was not examined."""
    parts = edition.instruments["mrc_sum"].parts
    return [answers.get(f"mrc_{part}_{side}") for part in parts for side in SIDES]


def _totals(answers: Answers, edition: Edition) -> Iterator[NerveValue]:
    for key in TOTALS:
        computed = computed_total(key, answers, edition)
        value = _number(answers, key) if computed is None else Decimal(computed)
        if value is not None:
            version = answers.get(f"{key}_version", "")
            yield NerveValue(key, value, unable=False, unit="", place="", version=version)


def _grips(answers: Answers, edition: Edition) -> Iterator[NerveValue]:
    device = answers.get("grip_device")
    if device is None:
        return
    unit = limits_of(edition.instruments[device], edition.scales).unit
    for side in SIDES:
        value, unable = _number(answers, f"grip_{side}"), bool(answers.get(f"grip_{side}_unable"))
        if value is not None or unable:
            version = answers.get("grip_version", "")
            yield NerveValue(device, value, unable=unable, unit=unit, place=side.title(), version=version)


def _walk(answers: Answers, edition: Edition) -> Iterator[NerveValue]:
    value, unable = _number(answers, WALK), bool(answers.get("walk_unable"))
    if value is not None or unable:
        unit = limits_of(edition.instruments[WALK], edition.scales).unit
        version = answers.get(f"{WALK}_version", "")
        yield NerveValue(WALK, value, unable=unable, unit=unit, place="", version=version)


def _cmap(answers: Answers, edition: Edition) -> Iterator[NerveValue]:
    instrument = edition.instruments[CMAP]
    for nerve, label in instrument.parts.items():
        for side in SIDES:
            value = _number(answers, f"cmap_{nerve}_{side}")
            if value is not None:
                place = f"{label}, {side}"
                yield NerveValue(
                    CMAP, value, unable=False, unit=instrument.unit or "", place=place, version=""
                )


def _number(answers: Answers, key: str) -> Decimal | None:
    typed = answers.get(key)
    return None if typed is None else Decimal(typed)
