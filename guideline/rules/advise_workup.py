"""Advisories on hormone axes, lung, heart, and what is watched in every patient."""

from guideline.rules.advisory import AdvisoryRule
from guideline.rules.situation import Judged


def test_thyroid(j: Judged) -> bool:
    workup = j.situation.case.workup
    return workup.thyroid_tested is not True and workup.thyroid_abnormal is not True


def test_adrenal(j: Judged) -> bool:
    workup = j.situation.case.workup
    return workup.adrenal_tested is not True and workup.adrenal_abnormal is not True


def test_gonadal(j: Judged) -> bool:
    workup = j.situation.case.workup
    return workup.gonadal_tested is not True and workup.gonadal_abnormal is not True


def replace_thyroid(j: Judged) -> bool:
    """Not while the adrenal axis must be tested first."""
    return j.situation.case.workup.thyroid_abnormal is True and not adrenal_first(j)


def replace_adrenal(j: Judged) -> bool:
    return j.situation.case.workup.adrenal_abnormal is True


def replace_gonadal(j: Judged) -> bool:
    return j.situation.case.workup.gonadal_abnormal is True


def adrenal_first(j: Judged) -> bool:
    """Thyroxine may unmask adrenal insufficiency that nobody looked for."""
    workup = j.situation.case.workup
    is_adrenal_settled = workup.adrenal_abnormal is False and workup.adrenal_tested is True
    return workup.thyroid_abnormal is True and workup.adrenal_abnormal is not True and not is_adrenal_settled


def adrenal_before_thyroid(j: Judged) -> bool:
    workup = j.situation.case.workup
    return workup.thyroid_abnormal is True and workup.adrenal_abnormal is True


def test_pulmonary_function(j: Judged) -> bool:
    return j.situation.case.workup.pulmonary_function_tested is not True


def test_echocardiography(j: Judged) -> bool:
    return j.situation.case.workup.echocardiography_done is not True


def monitor_always(j: Judged) -> bool:
    """Said of every patient."""
    del j
    return True


def _axis(name: str) -> tuple[str, str]:
    return f"workup.{name}_tested", f"workup.{name}_abnormal"


_THYROID_AND_ADRENAL = (*_axis("thyroid"), *_axis("adrenal"))

ADVISORIES = (
    AdvisoryRule("test-thyroid", test_thyroid, "info", _axis("thyroid")),
    AdvisoryRule("test-adrenal", test_adrenal, "info", _axis("adrenal")),
    AdvisoryRule("test-gonadal", test_gonadal, "info", _axis("gonadal")),
    AdvisoryRule("replace-thyroid", replace_thyroid, "warning", _THYROID_AND_ADRENAL),
    AdvisoryRule("replace-adrenal", replace_adrenal, "warning", _axis("adrenal")),
    AdvisoryRule("replace-gonadal", replace_gonadal, "warning", _axis("gonadal")),
    AdvisoryRule("adrenal-first", adrenal_first, "critical", _THYROID_AND_ADRENAL),
    AdvisoryRule("adrenal-before-thyroid", adrenal_before_thyroid, "critical", _THYROID_AND_ADRENAL),
    AdvisoryRule(
        "test-pulmonary-function", test_pulmonary_function, "info", ("workup.pulmonary_function_tested",)
    ),
    AdvisoryRule("test-echocardiography", test_echocardiography, "info", ("workup.echocardiography_done",)),
    AdvisoryRule("monitor-vegf", monitor_always, "info"),
    AdvisoryRule("monitor-pet-lag", monitor_always, "info"),
    AdvisoryRule("monitor-neurologic-lag", monitor_always, "info"),
)
