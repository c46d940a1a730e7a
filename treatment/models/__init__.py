"""The tables of planning, one module per topic."""

from treatment.models.choices import AbsoluteException, ChoiceEvent, ChoiceKind, ExceptionAnswer
from treatment.models.free_plans import FreePlan, FreePlanDocument
from treatment.models.plans import Answer, Document, DocumentKind, Draft, DraftState, Paper, Plan, Reason
from treatment.models.standing import PlanStanding, StandingState, WithdrawalReason

__all__ = [
    "AbsoluteException",
    "Answer",
    "ChoiceEvent",
    "ChoiceKind",
    "Document",
    "DocumentKind",
    "Draft",
    "DraftState",
    "ExceptionAnswer",
    "FreePlan",
    "FreePlanDocument",
    "Paper",
    "Plan",
    "PlanStanding",
    "Reason",
    "StandingState",
    "WithdrawalReason",
]
