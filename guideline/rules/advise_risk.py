"""Advisories on outlook, mobilization and thrombosis."""

from guideline.facts import Number
from guideline.rules.advisory import AdvisoryRule, true_names
from guideline.rules.kidney import is_filtration_low
from guideline.rules.situation import Judged, Situation


def is_below(value: Number | None, limit: Number) -> bool:
    """Known and below the limit."""
    return value is not None and value < limit


def is_above(value: Number | None, limit: Number) -> bool:
    """Known and above the limit."""
    return value is not None and value > limit


def is_anemic(s: Situation) -> bool:
    """By the limit of men, or by the lower one for women and where sex is not known."""
    limit = "anemia_male" if s.case.patient.sex == "male" else "anemia_female"
    return is_below(s.case.labs.hemoglobin_g_dl, s.number(limit))


def adverse_features(j: Judged) -> bool:
    return bool(adverse_features_present(j))


def adverse_features_present(j: Judged) -> tuple[str, ...]:
    s = j.situation
    is_male = s.case.patient.sex == "male"
    return true_names(
        {
            "anemia_male": is_male and is_anemic(s),
            "anemia_female": not is_male and is_anemic(s),
            "thrombocytopenia": is_below(s.case.labs.platelets_10e9_l, s.number("thrombocytopenia")),
            "age": is_above(s.case.patient.age_years, s.number("age_adverse")),
        }
    )


def survival_risk_factors(j: Judged) -> bool:
    return bool(survival_risk_factors_present(j))


def survival_risk_factors_present(j: Judged) -> tuple[str, ...]:
    s = j.situation
    return true_names(
        {
            "age": is_above(s.case.patient.age_years, s.number("age_survival")),
            "pulmonary_hypertension": s.case.cardiopulmonary.pulmonary_hypertension is True,
            "pleural_effusion": s.case.cardiopulmonary.pleural_effusion is True,
            "egfr": is_filtration_low(s) is True,
        }
    )


def induction_before_mobilization(j: Judged) -> bool:
    case = j.situation.case
    return (
        j.statuses["asct"] in ("preferred", "caution")
        and case.induction.completed is not True
        and case.fitness.stem_cells_collected is not True
    )


def thrombocytosis_prophylaxis(j: Judged) -> bool:
    s = j.situation
    return (
        is_above(s.case.labs.platelets_10e9_l, s.number("thrombocytosis"))
        and s.case.fitness.on_thromboprophylaxis is not True
    )


ADVISORIES = (
    AdvisoryRule(
        "adverse-features",
        adverse_features,
        "warning",
        ("patient.age_years", "patient.sex", "labs.hemoglobin_g_dl", "labs.platelets_10e9_l"),
        ("anemia_male", "anemia_female", "thrombocytopenia", "age_adverse"),
        adverse_features_present,
    ),
    AdvisoryRule(
        "survival-risk-factors",
        survival_risk_factors,
        "info",
        (
            "patient.age_years",
            "labs.egfr_ml_min_173m2",
            "cardiopulmonary.pulmonary_hypertension",
            "cardiopulmonary.pleural_effusion",
        ),
        ("age_survival", "egfr_low"),
        survival_risk_factors_present,
    ),
    AdvisoryRule(
        "induction-before-mobilization",
        induction_before_mobilization,
        "info",
        ("fitness.transplant_eligible", "fitness.stem_cells_collected", "induction.completed"),
    ),
    AdvisoryRule(
        "thrombocytosis-prophylaxis",
        thrombocytosis_prophylaxis,
        "warning",
        ("labs.platelets_10e9_l", "fitness.on_thromboprophylaxis"),
        ("thrombocytosis",),
    ),
)
