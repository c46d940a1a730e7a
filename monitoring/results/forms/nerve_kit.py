"""What was asked and examined, as a form of answers: the part that every form of the nerve kit shares.

Nothing has to be filled in: what is empty was not asked, and an empty field is never zero. A total that the
items add up to is computed; a typed total that contradicts its items is refused with both numbers.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from guideline.edition import Edition
from guideline.nerve_kit import Limits, limits_of
from monitoring.results.forms.nerve_fields import (
    VERSIONED,
    YES_NO_QUESTIONS,
    default_versions,
    fields_of,
    muscles,
    nerves,
)
from monitoring.results.forms.reading import read_typed
from monitoring.results.nerve_values import (
    CMAP,
    SIDES,
    TOTALS,
    WALK,
    computed_total,
    muscle_grades,
    onls_grades,
)
from monitoring.results.numbers import shown


class KitForm(forms.Form):
    """The answers of a nerve kit; ``answers`` is what a valid form says, empty where nothing was entered.

    ``versions`` are the scale versions this patient's record used last, by field; they are offered first.
    """

    def __init__(
        self, *args: Any, edition: Edition, versions: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        offered = default_versions(edition) | dict(versions or {})
        kwargs["initial"] = offered | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.fields.update(fields_of(edition))
        self.answers: dict[str, Any] = {}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.answers = self._choices(cleaned) | self._numbers(cleaned)
        self._check_grip(cleaned)
        self._check_walk(cleaned)
        self._check_onls()
        self._check_totals()
        self._keep_versions(cleaned)
        return cleaned

    def _choices(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """Answers chosen from a list: words, ticks, and yes or no."""
        tasks = [f"onls_{part}" for part in self.edition.instruments["onls"].parts]
        words = {key: cleaned.get(key) for key in (*tasks, "onls_support", "grip_device", "walk_aid")}
        ticks = {key: cleaned.get(key) for key in ("walk_unable", *(f"grip_{side}_unable" for side in SIDES))}
        yes_no = {key: cleaned[key] for key in YES_NO_QUESTIONS if cleaned.get(key) is not None}
        return {key: answer for key, answer in (words | ticks).items() if answer} | yes_no

    def _numbers(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """Typed numbers as digits, those out of range refused; the grade of a muscle is a whole number."""
        instruments, scales = self.edition.instruments, self.edition.scales
        grip = cleaned.get("grip_device") or "grip_kpa"
        limits = {key: limits_of(instruments[key], scales) for key in (*TOTALS, WALK)}
        limits |= {f"grip_{side}": limits_of(instruments[grip], scales) for side in SIDES}
        limits |= dict.fromkeys(nerves(self.edition), limits_of(instruments[CMAP], scales))
        limits |= dict.fromkeys(muscles(self.edition), _whole_up_to(instruments["mrc_sum"].part_maximum))
        limits |= {
            f"{key}_raw": _whole_up_to(instruments[key].raw_maximum)
            for key in TOTALS
            if instruments[key].raw_maximum is not None
        }
        numbers: dict[str, Any] = {}
        for name, limit in limits.items():
            number = self._number(name, cleaned.get(name, ""), limit)
            if number is not None:
                numbers[name] = (
                    int(number) if name.startswith("mrc_") and name != "mrc_sum" else f"{number:f}"
                )
        return numbers

    def _number(self, name: str, typed: str, limits: Limits) -> Decimal | None:
        """The number, or None where nothing was typed or after saying what is wrong."""
        if not typed:
            return None
        reading = read_typed(typed, bounds=False)
        if reading.quantity is None:
            self.add_error(name, reading.problem)
            return None
        if not limits.hold(reading.quantity.number):
            self.add_error(name, f"{shown(reading.quantity.number)} is out of range: {in_words(limits)}.")
            return None
        return reading.quantity.number

    def _check_grip(self, cleaned: dict[str, Any]) -> None:
        measured = False
        for side in SIDES:
            unable, typed = cleaned.get(f"grip_{side}_unable"), cleaned.get(f"grip_{side}")
            measured = measured or bool(unable or typed)
            if unable and typed:
                self.add_error(f"grip_{side}", "A number and “unable” contradict each other; keep one.")
        if measured and not cleaned.get("grip_device"):
            self.add_error(
                "grip_device", "Choose the device: kilograms and kilopascals are different quantities."
            )
        if not measured:
            self.answers.pop("grip_device", None)

    def _check_walk(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("walk_unable") and cleaned.get(WALK):
            self.add_error(WALK, "A time and “cannot walk” contradict each other; keep one.")

    def _check_onls(self) -> None:
        answers, tasks = self.answers, self.edition.instruments["onls"].parts
        possible = [part for part in tasks if answers.get(f"onls_{part}") not in (None, "prevented")]
        if answers.get("onls_arm_movement") is False and possible:
            self.add_error(
                "onls_arm_movement",
                "Without any purposeful movement no task is possible; correct this or the tasks.",
            )
        supported = answers.get("onls_support", "none") != "none"
        if answers.get("onls_leg_difficulty") is False and (supported or answers.get("onls_gait_abnormal")):
            self.add_error(
                "onls_leg_difficulty",
                "No difficulty contradicts an abnormal gait or a support; correct one of them.",
            )

    def _check_totals(self) -> None:
        """A computed total takes the place of a typed one; a typed one must be possible with its items."""
        for key, (least, most) in self._possible().items():
            typed = self.answers.get(key)
            if typed is not None and not least <= Decimal(typed) <= most:
                sum_up = f"add up to {least}" if least == most else f"allow {least} to {most}"
                self.add_error(
                    key, f"The answers below {sum_up}, the total says {shown(Decimal(typed))}; correct one."
                )
            elif computed_total(key, self.answers, self.edition) is not None:
                self.answers.pop(key, None)

    def _possible(self) -> dict[str, tuple[int, int]]:
        """The least and the most that each total with items can be, as far as these are known."""
        instruments = self.edition.instruments
        grades = muscle_grades(self.answers, self.edition)
        known = sum(grade for grade in grades if grade is not None)
        open_points = grades.count(None) * (instruments["mrc_sum"].part_maximum or 0)
        least, most = 0, 0
        limbs = zip(instruments["onls"].grades.values(), onls_grades(self.answers, self.edition), strict=True)
        for points, grade in limbs:
            least += points[grade] if grade else min(points.values())
            most += points[grade] if grade else max(points.values())
        return {"onls": (least, most), "mrc_sum": (known, known + open_points)}

    def _keep_versions(self, cleaned: dict[str, Any]) -> None:
        """A version is an answer only beside a value: nothing is stored of a scale that was not used."""
        used = {key for key in VERSIONED if key in self.answers}
        used |= {key for key in TOTALS if computed_total(key, self.answers, self.edition) is not None}
        used |= {WALK} if self.answers.get("walk_unable") else set()
        used |= {"grip"} if "grip_device" in self.answers else set()
        for key in sorted(used):
            if cleaned.get(f"{key}_version"):
                self.answers[f"{key}_version"] = cleaned[f"{key}_version"]


def in_words(limits: Limits) -> str:
    """``a whole number from 0 to 12`` or ``more than 0 and at most 300 s``."""
    kind = "a whole number" if limits.whole else "a number"
    unit = f" {limits.unit}" if limits.unit else ""
    if limits.minimum_excluded:
        return f"{kind} above {limits.minimum} and at most {limits.maximum}{unit}"
    return f"{kind} from {limits.minimum} to {limits.maximum}{unit}"


def _whole_up_to(most: int | None) -> Limits:
    return Limits(0, most or 0, minimum_excluded=False, whole=True, can_be_unable=False, unit="")
