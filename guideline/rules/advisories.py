"""All advisories, in the order of the table."""

from guideline.rules.advise_after_radiation import ADVISORIES as AFTER_RADIATION
from guideline.rules.advise_diagnosis import ADVISORIES as DIAGNOSIS
from guideline.rules.advise_pregnancy import ADVISORIES as PREGNANCY
from guideline.rules.advise_risk import ADVISORIES as RISK
from guideline.rules.advise_workup import ADVISORIES as WORKUP
from guideline.rules.advisory import AdvisoryRule

ADVISORIES: tuple[AdvisoryRule, ...] = (*DIAGNOSIS, *PREGNANCY, *AFTER_RADIATION, *RISK, *WORKUP)
