"""The newest results beside the criteria of the diagnosis that rest on a number."""

from collections import defaultdict
from collections.abc import Mapping

from guideline.edition import Edition, load_edition
from monitoring.results.last_values import newest_of_each_analyte
from monitoring.results.models import Result
from monitoring.results.presenters import limits_shown, quantity_shown, series_shown
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
    wanted = [key for analytes in BESIDE.values() for key in analytes]
    newest = newest_of_each_analyte(patient, wanted)
    return told_beside({key: found.standing for key, found in newest.items()}, load_edition())


def told_beside(newest: Mapping[str, Result | None], edition: Edition) -> dict[str, list[str]]:
    """The same from results that were read already, by analyte."""
    told: dict[str, list[str]] = defaultdict(list)
    for criterion, analytes in BESIDE.items():
        told[criterion] += [sentence(row, edition) for key in analytes if (row := newest.get(key))]
    if newest.get("vegf"):
        told[Criterion.VEGF].append(_diagnostic(edition))
    return {criterion: sentences for criterion, sentences in told.items() if sentences}


def sentence(row: Result, edition: Edition) -> str:
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
