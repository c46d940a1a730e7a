"""Facts as they are named to a clinician: what was measured, where, its value and its day."""

from collections.abc import Iterable
from datetime import date

from guideline.course.history import Observation, Scan, Treatment
from guideline.course.reading import Fact
from guideline.course.vegf import VegfSeries, VegfValue
from guideline.course.wording import YES_NO, day_in_words, joined, scan_in_words, value_in_words
from guideline.edition import Edition


def of_result(role: str, result: Observation, edition: Edition) -> Fact:
    """A result of any analyte or scale."""
    return Fact(role, _label(result.analyte, edition), _shown(result, edition), result.on, _item(result))


def of_vegf(role: str, value: VegfValue, series: VegfSeries) -> Fact:
    """A VEGF, named with its series: two series are never to be confused."""
    result = value.observation
    return Fact(role, f"VEGF ({series_in_words(series)})", value_in_words(result), result.on, _item(result))


def of_scan(role: str, scan: Scan) -> Fact:
    """A FDG-PET."""
    return Fact(role, "FDG-PET", scan_in_words(scan), scan.on, f"pet[{scan.position}]")


def of_treatment(role: str, treatment: Treatment, on: date, what: str) -> Fact:
    """Something that happened to a treatment on a day: started, last fraction, judged stable."""
    return Fact(role, treatment.label, what, on, f"treatments[{treatment.position}]")


def series_in_words(series: VegfSeries) -> str:
    """Specimen, laboratory and method, as far as they are known."""
    specimen, laboratory, method = series.key
    parts = [specimen or "specimen not known", _laboratory(laboratory), *([method] if method else [])]
    return ", ".join(parts)


def in_words(facts: Iterable[Fact]) -> str:
    """All facts with their days as one list."""
    clauses = [f"{fact.label} {fact.shown} on {day_in_words(fact.on)}" for fact in facts]
    return joined(clauses) if clauses else "none on record"


def _laboratory(name: str | None) -> str:
    """``laboratory A``; a name that says itself what it is, such as Laboratory North, stands alone."""
    if name is None:
        return "laboratory not known"
    return name if name.lower().startswith("lab") else f"laboratory {name}"


def _shown(result: Observation, edition: Edition) -> str:
    """The value with its unit; of a yes-or-no test the word."""
    known = edition.analytes.get(result.analyte)
    if known is not None and known.reads == "yes_no":
        return YES_NO[int(result.number)]
    return value_in_words(result)


def _label(analyte: str, edition: Edition) -> str:
    known = edition.scales.get(analyte) or edition.analytes.get(analyte)
    return analyte if known is None else known.label


def _item(result: Observation) -> str:
    return f"observations[{result.position}]"
