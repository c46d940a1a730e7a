"""Cases for the tests: a starting point for each pathway, changed by path."""

from collections.abc import Mapping
from typing import Any

from guideline.case_input import parse_case
from guideline.decide import decide
from guideline.decision import Decision
from guideline.edition import load_edition
from guideline.facts import Case

Raw = dict[str, Any]

CRITERIA_MET: Mapping[str, object] = {
    "diagnosis.polyneuropathy": True,
    "diagnosis.monoclonal_plasma_cell_disorder": True,
    "diagnosis.vegf_elevated": True,
    "diagnosis.skin_changes": True,
}
NOT_PREGNANT: Mapping[str, object] = {"patient.sex": "male", "patient.age_years": 48}
LOCALIZED: Mapping[str, object] = {
    **CRITERIA_MET,
    **NOT_PREGNANT,
    "extent.bone_lesion_count": 2,
    "extent.whole_body_imaging": True,
    "extent.diffuse_bone_lesions": False,
    "extent.clonal_marrow_plasma_cells": False,
}
DISSEMINATED: Mapping[str, object] = {
    **CRITERIA_MET,
    **NOT_PREGNANT,
    "extent.clonal_marrow_plasma_cells": True,
    "neuropathy.severity": "mild",
    "fitness.transplant_eligible": True,
    "fitness.stem_cells_collected": True,
}
NO_PRIOR: Mapping[str, object] = {
    f"prior.{option}": "none"
    for option in (
        "lenalidomide_dex",
        "melphalan_dex",
        "bortezomib_mono",
        "bortezomib_combination",
        "thalidomide_based",
        "asct",
    )
}


def raw_case(line: str, *facts: Mapping[str, object], **changes: object) -> Raw:
    """A case as it would be sent. ``changes`` use two underscores for the dot in a path."""
    raw: Raw = {"line": line}
    merged = {path: value for group in facts for path, value in group.items()}
    merged |= {name.replace("__", "."): value for name, value in changes.items()}
    for path, value in merged.items():
        group, _, name = path.partition(".")
        raw.setdefault(group, {})[name] = value
    return raw


def case_of(line: str, *facts: Mapping[str, object], **changes: object) -> Case:
    return parse_case(raw_case(line, *facts, **changes))


def decision_of(line: str, *facts: Mapping[str, object], **changes: object) -> Decision:
    return decide(case_of(line, *facts, **changes), load_edition())


def rules_of(decision: Decision, option: str) -> list[str]:
    return [argument.rule for argument in decision.option(option).arguments]


def severities(decision: Decision) -> dict[str, str]:
    return {advisory.id: advisory.severity for advisory in decision.advisories}


def missing_of(decision: Decision) -> dict[str, tuple[str, ...]]:
    return {missing.fact: missing.can_change for missing in decision.missing}
