"""Doses as typed, held against the content's ranges where it has one. Nothing is calculated."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from guideline.edition import Edition
from guideline.entries import Dose
from treatment.sequence import RADIATION, Treatment

NO_RANGE = "no range in the content: not checked"
# Of several entries for one setting this one is made for asking; without it all are ranges.
FOR_ASKING = "_unquestioned"
NUMBER = r"(\d+(?:[.,]\d+)?)"
UNITS = {
    "Gy": r"Gy\b",
    "mg": r"mg\b(?!\s*/)",
    "mg/m2": r"mg\s*/\s*m(?:2|²)",
    "10*6/kg": r"(?:\u00d7|x|\*)\s*10(?:\^?6|⁶)\s*/\s*kg",
    "{cycles}": r"cycles?\b",
}
WRITTEN = {"mg/m2": "mg/m²", "10*6/kg": "\u00d7 10⁶/kg", "{cycles}": "cycles"}


@dataclass(frozen=True)
class DoseCheck:
    """Whether a dose lies inside the content's range, and the sentence that says so, with its sources."""

    word: Literal["inside", "outside", "not_checked"]
    sentence: str


def check(treatment: Treatment, setting: str, edition: Edition) -> DoseCheck | None:
    """The dose of a planned treatment against the ranges of ``setting``; None where no dose is typed."""
    if not treatment.dose:
        return None
    found = [
        (amount, dose)
        for dose in _ranges(setting, edition)
        for amount in _amounts(treatment.dose, dose, edition)
    ]
    if not found:
        return DoseCheck("not_checked", f"{NO_RANGE[:1].upper()}{NO_RANGE[1:]}.")
    ranges = " or ".join(dict.fromkeys(_range(dose) for _, dose in found))
    sources = "; ".join(
        dict.fromkeys(edition.sources[key].published_in for _, dose in found for key in dose.sources)
    )
    if all(_is_inside(amount, found) for amount in {amount for amount, _ in found}):
        return DoseCheck("inside", f"Inside the content's range: {ranges} ({sources}).")
    return DoseCheck("outside", f"Outside the content's range: {ranges} ({sources}).")


def setting_of(treatment: Treatment, option: str) -> str:
    """Which ranges apply: by the kind, and of systemic treatment by the chosen option."""
    if treatment.kind in RADIATION:
        return "radiation"
    return {"asct": "asct", "systemic": option}.get(treatment.kind, "")


def _ranges(setting: str, edition: Edition) -> list[Dose]:
    found = [
        dose
        for dose in edition.doses.values()
        if dose.setting == setting and dose.unit in UNITS and dose.low is not None and dose.high is not None
    ]
    return [dose for dose in found if dose.key.endswith(FOR_ASKING)] or found


def _amounts(words: str, dose: Dose, edition: Edition) -> Iterator[Decimal]:
    """The numbers in this entry's unit; after the drug's name where the words name several drugs."""
    pattern = NUMBER + r"\s*" + UNITS[str(dose.unit)]
    drug = next((drug for key, drug in edition.drugs.items() if dose.key.startswith(key)), None)
    numbers = re.findall(pattern, words, re.IGNORECASE)
    if drug and len(numbers) > 1:
        names = "|".join(map(re.escape, drug.aliases))
        numbers = re.findall(rf"(?:{names})\D*?{pattern}", words, re.IGNORECASE)
    yield from (Decimal(number.replace(",", ".")) for number in numbers[:1])


def _is_inside(amount: Decimal, found: list[tuple[Decimal, Dose]]) -> bool:
    return any(
        dose.low <= amount <= dose.high
        for other, dose in found
        if other == amount and dose.low is not None and dose.high is not None
    )


def _range(dose: Dose) -> str:
    unit = WRITTEN.get(str(dose.unit), str(dose.unit))
    return f"{dose.low} {unit}" if dose.low == dose.high else f"{dose.low} to {dose.high} {unit}"
