"""Advisories on pregnancy and on the drugs that need a prevention programme."""

from guideline.rules.advisory import AdvisoryRule, Severity
from guideline.rules.argument import PREGNANCY_FACTS
from guideline.rules.situation import Judged


def pregnant(j: Judged) -> bool:
    return j.situation.case.patient.pregnancy == "yes"


def exclude_pregnancy(j: Judged) -> bool:
    s = j.situation
    return s.findings.pregnancy_not_excluded and s.covered and not s.observing


def exclude_pregnancy_severity(j: Judged) -> Severity:
    return "critical" if j.situation.case.patient.pregnancy == "possible" else "warning"


def imid_precautions(j: Judged) -> bool:
    return any(
        j.statuses[option] in ("preferred", "suitable", "caution")
        for option in ("lenalidomide_dex", "thalidomide_based")
    )


ADVISORIES = (
    AdvisoryRule("pregnant", pregnant, "critical", ("patient.pregnancy",)),
    AdvisoryRule(
        "exclude-pregnancy",
        exclude_pregnancy,
        exclude_pregnancy_severity,
        PREGNANCY_FACTS,
        ("childbearing_age_limit",),
    ),
    AdvisoryRule(
        "imid-precautions",
        imid_precautions,
        "warning",
        ("patient.sex", "fitness.on_thromboprophylaxis", "fitness.on_anticoagulation"),
    ),
)
