"""The newest results beside the criteria of the diagnosis that rest on a number."""

from collections import defaultdict

from guideline.edition import Edition, load_edition
from monitoring.results.models import Result
from monitoring.results.presenters import limits_shown, quantity_shown, series_shown
from monitoring.results.querysets import MOMENT
from monitoring.results.units import unit_shown
from patients.models import Criterion, Patient
from patients.partial_dates import PartialDate

BESIDE: dict[str, tuple[str, ...]] = {
    Criterion.VEGF: ("vegf",),
    Criterion.ENDOCRINOPATHY: ("tsh", "free_t4", "cortisol_am", "testosterone"),
    Criterion.BLOOD_CELLS: ("platelets", "hemoglobin"),
}


def measured(patient: Patient) -> dict[str, list[str]]:
    """The newest standing value of each analyte with the limit of its own report, by criterion; one query."""
    edition = load_edition()
    newest = _newest(patient)
    told: dict[str, list[str]] = defaultdict(list)
    for criterion, analytes in BESIDE.items():
        told[criterion] += [_sentence(newest[key], edition) for key in analytes if key in newest]
    if "vegf" in newest:
        told[Criterion.VEGF].append(_diagnostic(edition))
    return {criterion: sentences for criterion, sentences in told.items() if sentences}


def _newest(patient: Patient) -> dict[str, Result]:
    wanted = [key for analytes in BESIDE.values() for key in analytes]
    rows = Result.objects.of(patient).standing().filter(analyte__in=wanted)
    rows = rows.order_by("analyte", "-collected_on", MOMENT.desc(), "-id").distinct("analyte")
    return {row.analyte: row for row in rows}


def _sentence(row: Result, edition: Edition) -> str:
    """``VEGF 1450 pg/mL on 5 Jan 2026 (plasma; limit of that report: up to 96).``"""
    value = quantity_shown(row.value, row.comparator, row.unit, unable=row.unable, text=row.text)
    collected = PartialDate(row.collected_on, row.collected_precision)
    series = series_shown(row.specimen, row.laboratory, row.method)
    limits = limits_shown(row.lower_limit, row.upper_limit)
    limit = f"limit of that report: {limits}" if limits else "the report gave no limit"
    return f"{edition.analytes[row.analyte].label} {value} on {collected} ({series}; {limit})."


def _diagnostic(edition: Edition) -> str:
    """The published value for plasma, with how well it tells; content, so that it carries its source."""
    threshold = edition.thresholds["vegf_diagnostic_plasma"]
    sources = [edition.sources[key] for key in threshold.sources]
    named = "; ".join(f"{source.title}, {source.published_in}" for source in sources)
    return f"{threshold.label}: {threshold.value} {unit_shown(threshold.unit)}. {threshold.note} ({named})"
