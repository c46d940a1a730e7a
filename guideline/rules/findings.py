"""What every finding rests on, for a reader who asks why."""

from dataclasses import dataclass

from guideline.rules.argument import EXTENT_FACTS, PATHWAY_FACTS, PREGNANCY_FACTS


@dataclass(frozen=True, slots=True)
class FindingRule:
    """One finding. ``reads`` are the facts its own function looks at, ``rests_on`` others, if known."""

    key: str
    rule: str
    reads: tuple[str, ...]
    rests_on: tuple[str, ...] = ()
    thresholds: tuple[str, ...] = ()


def _diagnosis(names: str) -> tuple[str, ...]:
    return tuple(f"diagnosis.{name}" for name in names.split())


_MAYO = _diagnosis(
    "polyneuropathy monoclonal_plasma_cell_disorder castleman_disease sclerotic_bone_lesions vegf_elevated "
    "organomegaly extravascular_volume_overload endocrinopathy skin_changes papilledema "
    "thrombocytosis_or_polycythemia"
)
_CHIBA = _diagnosis(
    "polyneuropathy monoclonal_plasma_cell_disorder vegf_elevated extravascular_volume_overload skin_changes "
    "organomegaly sclerotic_bone_lesions"
)
_CASTLEMAN = _diagnosis("castleman_disease monoclonal_plasma_cell_disorder")
_JUDGEMENT = _diagnosis("treat_as_poems")

FINDINGS: tuple[FindingRule, ...] = (
    FindingRule("mayo", "FINDING-MAYO", _MAYO, (), ("minor_criteria_minimum",)),
    FindingRule("chiba", "FINDING-CHIBA", _CHIBA, (), ("chiba_features_minimum",)),
    FindingRule("castleman_variant", "FINDING-CASTLEMAN-VARIANT", _CASTLEMAN),
    FindingRule("established", "FINDING-ESTABLISHED", _JUDGEMENT, _MAYO),
    FindingRule(
        "pregnancy_not_excluded", "FINDING-PREGNANCY", PREGNANCY_FACTS, (), ("childbearing_age_limit",)
    ),
    FindingRule("extent", "FINDING-EXTENT", EXTENT_FACTS, ("line",), ("limited_lesion_limit",)),
    FindingRule(
        "pathway",
        "FINDING-PATHWAY",
        ("line",),
        (*PATHWAY_FACTS, *_JUDGEMENT, *_CASTLEMAN),
        ("limited_lesion_limit", "stability_from_months"),
    ),
)
