"""Advisories on diagnosis, extent and facts that do not fit together."""

from guideline.rules.advisory import AdvisoryRule, Severity, true_names
from guideline.rules.argument import EXTENT_FACTS
from guideline.rules.extent import disseminated_reasons, obstacles
from guideline.rules.pathway import variant_possible
from guideline.rules.situation import Judged, Situation

MANDATORY = ("polyneuropathy", "monoclonal_plasma_cell_disorder")
MAJOR = ("castleman_disease", "sclerotic_bone_lesions", "vegf_elevated")
MINOR = (
    "organomegaly",
    "extravascular_volume_overload",
    "endocrinopathy",
    "skin_changes",
    "papilledema",
    "thrombocytosis_or_polycythemia",
)
_CRITERIA = (*MANDATORY, *MAJOR, *MINOR)
_CRITERIA_FACTS = tuple(f"diagnosis.{name}" for name in _CRITERIA)
_CASTLEMAN_FACTS = ("diagnosis.castleman_disease", "diagnosis.monoclonal_plasma_cell_disorder")


def castleman_variant(j: Judged) -> bool:
    return j.situation.findings.castleman_variant is True


def castleman_variant_possible(j: Judged) -> bool:
    return variant_possible(j.situation.case)


def criteria_not_met(j: Judged) -> bool:
    return j.situation.findings.mayo is False


def criteria_not_met_severity(j: Judged) -> Severity:
    return "critical" if j.situation.findings.pathway == "not_established" else "warning"


def criteria_not_met_variant(j: Judged) -> str | None:
    return None if j.situation.findings.pathway == "not_established" else "treated_nevertheless"


def absent_criteria(j: Judged) -> tuple[str, ...]:
    return true_names({name: getattr(j.situation.case.diagnosis, name) is False for name in _CRITERIA})


def criteria_incomplete(j: Judged) -> bool:
    return j.situation.findings.mayo is None


def criteria_incomplete_severity(j: Judged) -> Severity:
    return "warning" if j.situation.findings.pathway in ("radiation", "systemic") else "info"


def unknown_criteria(j: Judged) -> tuple[str, ...]:
    return true_names({name: getattr(j.situation.case.diagnosis, name) is None for name in _CRITERIA})


def facts_inconsistent(j: Judged) -> bool:
    return bool(inconsistencies(j))


def inconsistencies(j: Judged) -> tuple[str, ...]:
    """Pairs of facts of which at least one must be wrong."""
    case = j.situation.case
    severity, neuropathy = case.neuropathy.severity, case.diagnosis.polyneuropathy
    no_lesion = case.extent.bone_lesion_count == 0
    return true_names(
        {
            "no_lesion_but_sclerotic": no_lesion and case.diagnosis.sclerotic_bone_lesions is True,
            "no_lesion_but_diffuse": no_lesion and case.extent.diffuse_bone_lesions is True,
            "no_lesion_but_irradiated": no_lesion and case.line == "after_radiation",
            "clonal_marrow_without_clone": case.extent.clonal_marrow_plasma_cells is True
            and case.diagnosis.monoclonal_plasma_cell_disorder is False,
            "no_severity_of_a_neuropathy": severity == "none" and neuropathy is True,
            "severity_without_neuropathy": severity in ("mild", "moderate", "severe") and neuropathy is False,
            "thyroid_untested": is_judged_untested(j.situation, "thyroid"),
            "adrenal_untested": is_judged_untested(j.situation, "adrenal"),
            "gonadal_untested": is_judged_untested(j.situation, "gonadal"),
        }
    )


def is_judged_untested(s: Situation, axis: str) -> bool:
    """A result is recorded for an axis that is recorded as not tested."""
    workup = s.case.workup
    return getattr(workup, f"{axis}_abnormal") is not None and getattr(workup, f"{axis}_tested") is False


def systemic_mandatory(j: Judged) -> bool:
    return j.situation.systemic and j.situation.findings.extent == "disseminated"


def is_mandatory(j: Judged) -> bool:
    """Marrow or diffuse lesions make it mandatory; a count or a missing lesion make it advisable."""
    found = j.situation.case.extent
    return found.clonal_marrow_plasma_cells is True or found.diffuse_bone_lesions is True


def systemic_mandatory_severity(j: Judged) -> Severity:
    return "critical" if is_mandatory(j) else "warning"


def systemic_mandatory_variant(j: Judged) -> str | None:
    return None if is_mandatory(j) else "advised"


def reasons_for_systemic(j: Judged) -> tuple[str, ...]:
    return disseminated_reasons(j.situation.case, j.situation.edition)


def extent_undetermined(j: Judged) -> bool:
    return j.situation.covered and j.situation.findings.extent == "undetermined"


def reasons_of_doubt(j: Judged) -> tuple[str, ...]:
    return obstacles(j.situation.case)


ADVISORIES = (
    AdvisoryRule("castleman-variant", castleman_variant, "critical", _CASTLEMAN_FACTS),
    AdvisoryRule("castleman-variant-possible", castleman_variant_possible, "warning", _CASTLEMAN_FACTS),
    AdvisoryRule(
        "criteria-not-met",
        criteria_not_met,
        criteria_not_met_severity,
        ("diagnosis.treat_as_poems", *_CRITERIA_FACTS),
        ("minor_criteria_minimum",),
        absent_criteria,
        criteria_not_met_variant,
    ),
    AdvisoryRule(
        "criteria-incomplete",
        criteria_incomplete,
        criteria_incomplete_severity,
        _CRITERIA_FACTS,
        ("minor_criteria_minimum",),
        unknown_criteria,
    ),
    AdvisoryRule(
        "facts-inconsistent",
        facts_inconsistent,
        "warning",
        (
            "line",
            "extent.bone_lesion_count",
            "diagnosis.sclerotic_bone_lesions",
            "extent.diffuse_bone_lesions",
            "extent.clonal_marrow_plasma_cells",
            "diagnosis.monoclonal_plasma_cell_disorder",
            "neuropathy.severity",
            "diagnosis.polyneuropathy",
            *(
                f"workup.{axis}_{end}"
                for axis in ("thyroid", "adrenal", "gonadal")
                for end in ("tested", "abnormal")
            ),
        ),
        reasons=inconsistencies,
    ),
    AdvisoryRule(
        "systemic-mandatory",
        systemic_mandatory,
        systemic_mandatory_severity,
        EXTENT_FACTS,
        ("limited_lesion_limit",),
        reasons_for_systemic,
        systemic_mandatory_variant,
    ),
    AdvisoryRule(
        "extent-undetermined",
        extent_undetermined,
        "warning",
        EXTENT_FACTS,
        ("limited_lesion_limit",),
        reasons_of_doubt,
    ),
)
