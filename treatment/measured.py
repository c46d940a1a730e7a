"""What results say about questions of the wizard: numbers it asks for, tests that were done, numbers to show.

A number never answers a clinician's question: it is shown beside it. That a test was done is known only
where its result was seen; that none was seen says nothing.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from guideline.edition import Edition
from guideline.fact_table import FACT
from monitoring.results.criteria import BESIDE as BESIDE_CRITERIA, sentence, told_beside
from monitoring.results.last_values import Newest, newest_of_each_analyte
from monitoring.results.models import Result
from monitoring.results.units import in_own_unit
from patients.models import Patient
from patients.partial_dates import PartialDate, Precision
from patients.queries import RecordedFact
from treatment.known import Known

LONGEST_SOURCE = 100
VALUES = {
    "labs.hemoglobin_g_dl": "hemoglobin",
    "labs.platelets_10e9_l": "platelets",
    "labs.egfr_ml_min_173m2": "egfr",
}
# What was done, if one of these was measured.
DONE = {
    "workup.thyroid_tested": ("tsh", "free_t4"),
    "workup.adrenal_tested": ("cortisol_am", "cortisol", "acth"),
    "workup.gonadal_tested": ("testosterone", "estradiol", "lh", "fsh"),
    "workup.pulmonary_function_tested": (
        *("fvc_percent", "fev1_percent", "tlc_percent", "dlco_percent"),
        *("fvc", "fev1", "tlc", "dlco"),
    ),
    "workup.echocardiography_done": ("rvsp_mmhg", "lvef_percent"),
}
# The clinician's judgement, and the numbers beside it.
BESIDE = {
    "cardiopulmonary.pulmonary_hypertension": ("rvsp_mmhg",),
    "workup.thyroid_abnormal": DONE["workup.thyroid_tested"],
    "workup.adrenal_abnormal": DONE["workup.adrenal_tested"],
    "workup.gonadal_abnormal": DONE["workup.gonadal_tested"],
}
WANTED = frozenset(
    {
        *VALUES.values(),
        *(key for analytes in (*DONE.values(), *BESIDE_CRITERIA.values()) for key in analytes),
    }
)


def measured(patient: Patient, edition: Edition, *, on: date) -> Known:
    """What the results up to the day ``on`` say; one query."""
    newest = newest_of_each_analyte(patient, WANTED, on=on)
    standing = {key: found.standing for key, found in newest.items() if found.standing is not None}
    beside: dict[str, list[str]] = defaultdict(list)
    for criterion, sentences in told_beside(standing, edition).items():
        beside[f"diagnosis.{criterion}"] += sentences
    for path, analytes in BESIDE.items():
        beside[path] += [sentence(standing[key], edition) for key in analytes if key in standing]
    facts = _done(standing, edition)
    for path, analyte in VALUES.items():
        if found := newest.get(analyte):
            _value(path, found, edition, facts, beside)
    return Known(facts, {path: sentences for path, sentences in beside.items() if sentences})


def _done(standing: Mapping[str, Result], edition: Edition) -> dict[str, RecordedFact]:
    facts = {}
    for path, analytes in DONE.items():
        seen = [standing[key] for key in analytes if key in standing and standing[key].value is not None]
        if seen:
            newest = max(seen, key=lambda row: row.collected_on)
            label = edition.analytes[newest.analyte].label
            source = f"{label}, {_source(newest)}"[:LONGEST_SOURCE]
            facts[path] = RecordedFact(value=True, on=newest.collected_on, source=source)
    return facts


def _value(
    path: str,
    found: Newest,
    edition: Edition,
    facts: dict[str, RecordedFact],
    beside: dict[str, list[str]],
) -> None:
    """The number for ``path`` from the newest result that stands, or why there is none."""
    row = found.standing
    if row is not None:
        number = _number(row, edition)
        if number is None or not _fits(path, number):
            beside[path].append(f"{sentence(row, edition)} {_why_not(path, row, number)}")
        else:
            facts[path] = RecordedFact(_plain(number), row.collected_on, _source(row))
    if found.preliminary is not None:
        beside[path].append(f"{sentence(found.preliminary, edition)} It is preliminary and not used.")


def _number(row: Result, edition: Edition) -> Decimal | None:
    if row.value is None or row.comparator:
        return None
    return in_own_unit(edition.analytes[row.analyte], row.value, row.unit)


def _fits(path: str, number: Decimal) -> bool:
    low, high = FACT[path].minimum, FACT[path].maximum
    return low is not None and high is not None and low <= number <= high


def _why_not(path: str, row: Result, number: Decimal | None) -> str:
    if row.value is None:
        return "That is no number, so nothing is filled in."
    if row.comparator:
        return "That is a bound and no number, so nothing is filled in."
    if number is None:
        return "That unit is never converted, so nothing is filled in."
    return f"Only {FACT[path].minimum} to {FACT[path].maximum} can be used, so nothing is filled in."


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _source(row: Result) -> str:
    laboratory = row.laboratory or "results"
    if row.collected_precision in (Precision.MONTH, Precision.YEAR):
        known = PartialDate(row.collected_on, row.collected_precision)
        return f"{laboratory[:70]}, known as {known}"
    return laboratory
