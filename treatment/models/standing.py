"""Whether a signed plan still holds. The plan itself never changes, so this stands beside it."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from accounts.models import User
from patients.models import PatientRow
from treatment.models.plans import Plan


class StandingState(models.TextChoices):
    CURRENT = "current", "Current"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn"


class WithdrawalReason(models.TextChoices):
    """Why a plan is withdrawn without another in its place."""

    SIGNED_IN_ERROR = "signed_in_error", "Signed in error"
    FACTS_WERE_WRONG = "facts_were_wrong", "It rests on facts that were wrong"
    NEW_FINDINGS = "new_findings", "New findings"
    TOXICITY = "toxicity", "Toxicity"
    PATIENT_DECLINES = "patient_declines", "The patient declines it"
    TREATED_ELSEWHERE = "treated_elsewhere", "Treated elsewhere"
    OTHER = "other", "Another reason"


ENDED = Q(ended_at__isnull=False, ended_by__isnull=False)


@pghistory.track()
@pgtrigger.register(
    pgtrigger.FSM(
        name="ends_once",
        field="state",
        transitions=[("current", "superseded"), ("current", "withdrawn")],
    ),
    pgtrigger.Protect(name="stays", operation=pgtrigger.Delete),
)
class PlanStanding(PatientRow):
    """Whether a plan is current, superseded or withdrawn. A patient has at most one that is current.

    It ends once: the database lets no plan that ended become current again. ``superseded_by`` is the plan
    that took its place; ``reason`` and ``reason_text`` say why it was withdrawn.
    """

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="standing")
    state = models.CharField(max_length=10, choices=StandingState.choices, default=StandingState.CURRENT)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_by = models.OneToOneField(Plan, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=20, choices=WithdrawalReason.choices, blank=True)
    reason_text = models.TextField(max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=Q(state="current"), name="plan_is_one_current_per_patient"
            ),
            models.CheckConstraint(
                condition=Q(state="current", ended_at=None, ended_by=None, superseded_by=None, reason="")
                | (Q(state="superseded", superseded_by__isnull=False, reason="") & ENDED)
                | (Q(state="withdrawn", superseded_by=None, reason__in=WithdrawalReason.values) & ENDED),
                name="plan_standing_says_how_it_ended",
            ),
            models.CheckConstraint(
                condition=~Q(reason="other") | ~Q(reason_text=""), name="plan_withdrawal_is_explained"
            ),
        ]

    def __str__(self) -> str:
        return f"plan {self.plan_id} is {self.state}"
