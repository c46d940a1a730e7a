"""Supportive care: proposals in their order, accepted or declined one by one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from monitoring.follow_ups.models import FollowUp
from tests.personas import PASSWORD
from tests.treatment.cases import DISSEMINATED, LOCALIZED
from tests.treatment.wizard_driver import Wizard
from treatment.models import Answer, Plan
from treatment.supportive import QUESTION

THYROID_FIRST = DISSEMINATED | {"workup": {"thyroid_tested": True, "thyroid_abnormal": True}}


@pytest.fixture
def chosen(wizard: Wizard) -> Wizard:
    wizard.enter(DISSEMINATED)
    wizard.choose("lenalidomide_dex")
    return wizard


def test_the_adrenal_axis_comes_before_the_thyroid(wizard_for: Callable[[Any], Wizard]) -> None:
    wizard = wizard_for(THYROID_FIRST)
    wizard.enter(THYROID_FIRST)
    page = wizard.page("supportive")
    assert page.index("answer-adrenal-first") < page.index("answer-test-adrenal")
    assert "answer-replace-thyroid" not in page


def test_thrombosis_lungs_and_heart_are_proposed(wizard_for: Callable[[Any], Wizard]) -> None:
    wizard = wizard_for(LOCALIZED)
    wizard.enter(LOCALIZED)
    page = wizard.page("supportive")
    for action in ("thrombocytosis-prophylaxis", "test-pulmonary-function", "test-echocardiography"):
        assert f"answer-{action}" in page


def test_precautions_of_a_drug_class_are_proposed_where_one_is_chosen(chosen: Wizard) -> None:
    assert "answer-imid-precautions" in chosen.page("supportive")
    chosen.choose("bortezomib_mono", reason="toxicity")
    assert "answer-imid-precautions" not in chosen.page("supportive")


def test_each_is_accepted_or_declined_and_what_is_left_stays_open(chosen: Wizard) -> None:
    chosen.post(
        "supportive",
        {
            "answer-test-adrenal": "accept",
            "answer-test-echocardiography": "decline",
            "reason-test-echocardiography": "Done elsewhere",
        },
    )
    assert Answer.objects.get(question=QUESTION).value == {
        "test-adrenal": {"accepted": True, "reason": "", "due": None},
        "test-echocardiography": {"accepted": False, "reason": "Done elsewhere", "due": None},
    }
    assert "Not answered" in chosen.page("sign")


def test_a_reason_alone_is_no_answer(chosen: Wizard) -> None:
    response = chosen.post("supportive", {"reason-test-adrenal": "Later"})
    assert response.status_code == 422
    assert "Later" in response.content.decode()


@pytest.mark.parametrize(("days", "answer"), [(-1, "accept"), (1, "decline"), (1, "")])
def test_only_what_is_accepted_and_to_come_goes_into_the_calendar(
    chosen: Wizard, days: int, answer: str
) -> None:
    due = (timezone.localdate() + timedelta(days=days)).isoformat()
    assert (
        chosen.post("supportive", {"answer-test-adrenal": answer, "due-test-adrenal": due}).status_code == 422
    )


def test_an_accepted_test_with_a_day_is_a_follow_up_once_signed(chosen: Wizard) -> None:
    due = timezone.localdate() + timedelta(days=10)
    chosen.post("supportive", {"answer-test-adrenal": "accept", "due-test-adrenal": due.isoformat()})
    chosen.settle_dates(line_start="2026-12-01")
    assert chosen.sign(PASSWORD).status_code == 302
    plan = Plan.objects.get()
    item = FollowUp.objects.get(origin=plan.pk, title="Adrenal axis")
    assert (item.kind, item.due) == ("endocrine", due)
    assert any(one["answer"] == "Accepted" for group in plan.shown["supportive"] for one in group["actions"])
