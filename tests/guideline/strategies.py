"""Random cases that are accepted: any combination of known, unknown and contradictory facts."""

from typing import Any

from hypothesis import strategies as st

from guideline.fact_table import FACTS, LINES, FactDefinition

# Values around every threshold, so that boundaries are met often.
NEAR_THRESHOLDS: dict[str, list[object]] = {
    "patient.age_years": [30, 49, 50, 51, 54, 55, 59, 60, 61],
    "extent.bone_lesion_count": [0, 1, 2, 3, 4, 5],
    "labs.hemoglobin_g_dl": [11.9, 12, 12.5, 12.9, 13],
    "labs.platelets_10e9_l": [0, 149, 150, 450, 451],
    "labs.egfr_ml_min_173m2": [0, 29, 29.9, 30, 31],
    "radiation.months_since_last_fraction": [0, 2, 2.9, 3, 5.9, 6, 12],
}


def values_of(fact: FactDefinition) -> list[object]:
    if fact.kind == "boolean":
        return [True, False]
    return list(fact.choices) if fact.kind == "choice" else NEAR_THRESHOLDS[fact.path]


@st.composite
def raw_cases(draw: st.DrawFn, **fixed: Any) -> dict[str, Any]:
    """A case as it would be sent; ``fixed`` sets facts by path with two underscores for the dot."""
    line = fixed.get("line") or draw(st.sampled_from(LINES))
    raw: dict[str, Any] = {"line": line}
    for fact in FACTS:
        wanted = fixed.get(fact.path.replace(".", "__"))
        if fact.path == "line" or fact.only_with_line not in (None, line):
            continue
        value = wanted if wanted is not None else draw(st.sampled_from([None, *values_of(fact)]))
        if fact.group == "prior" and line in ("first", "after_radiation") and value is not None:
            value = "none"
        raw.setdefault(fact.group, {})[fact.name] = value
    return without_contradiction(raw)


def without_contradiction(raw: dict[str, Any]) -> dict[str, Any]:
    if raw["patient"]["pregnancy"] in ("yes", "possible") and raw["patient"]["sex"] == "male":
        raw["patient"]["sex"] = "female"
    if raw["fitness"]["on_anticoagulation"] and raw["fitness"]["on_thromboprophylaxis"] is False:
        raw["fitness"]["on_thromboprophylaxis"] = None
    return raw
