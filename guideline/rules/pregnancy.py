"""Drugs in pregnancy: excluded while present, undetermined while not excluded."""

from guideline.rules.argument import PREGNANCY_FACTS, ArgumentRule
from guideline.rules.situation import Situation


def imid_pregnancy(s: Situation) -> bool:
    return s.case.patient.pregnancy in ("yes", "possible")


def imid_pregnancy_unknown(s: Situation) -> bool:
    return s.systemic and s.case.patient.pregnancy is None and s.findings.pregnancy_not_excluded


def imid_pregnancy_unknown_at_relapse(s: Situation) -> bool:
    """Thalidomide is excluded in every earlier line, so only a relapse leaves the question open."""
    return s.case.line == "relapse" and imid_pregnancy_unknown(s)


def pregnant(s: Situation) -> bool:
    """MEL-PREGNANT, BORT-PREGNANT, ASCT-PREGNANT."""
    return s.case.patient.pregnancy == "yes"


def pregnancy_not_excluded(s: Situation) -> bool:
    """MEL-, BORT- and ASCT-PREGNANCY-NOT-EXCLUDED."""
    return s.systemic and s.findings.pregnancy_not_excluded


IMID_PREGNANCY = ArgumentRule(
    "IMID-PREGNANCY", "excludes", None, imid_pregnancy, reads=("patient.pregnancy",)
)
IMID_PREGNANCY_UNKNOWN = ArgumentRule(
    "IMID-PREGNANCY-UNKNOWN",
    "undetermined",
    None,
    imid_pregnancy_unknown,
    reads=("patient.pregnancy",),
    rests_on=PREGNANCY_FACTS,
    thresholds=("childbearing_age_limit",),
)
IMID_PREGNANCY_UNKNOWN_AT_RELAPSE = ArgumentRule(
    "IMID-PREGNANCY-UNKNOWN",
    "undetermined",
    None,
    imid_pregnancy_unknown_at_relapse,
    reads=("line", "patient.pregnancy"),
    rests_on=PREGNANCY_FACTS,
    thresholds=("childbearing_age_limit",),
)


def pregnancy_arguments(prefix: str) -> tuple[ArgumentRule, ArgumentRule]:
    """The two arguments every cytotoxic option carries, under its own prefix."""
    return (
        ArgumentRule(f"{prefix}-PREGNANT", "excludes", None, pregnant, reads=("patient.pregnancy",)),
        ArgumentRule(
            f"{prefix}-PREGNANCY-NOT-EXCLUDED",
            "undetermined",
            None,
            pregnancy_not_excluded,
            rests_on=PREGNANCY_FACTS,
            thresholds=("childbearing_age_limit",),
        ),
    )
