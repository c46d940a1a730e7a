"""What was chosen in a draft and why, and what a second clinician said to an absolute contraindication."""

import uuid

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from patients.models import PatientRow
from treatment.models.plans import Draft, Reason

# Asked when the answer is given, not later: whoever left the hospital stays readable.
ANSWERED_BY_ANOTHER_CLINICIAN = """
    IF OLD.answer <> '' THEN
        RAISE EXCEPTION 'exception_is_answered_once' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (
        SELECT FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
        WHERE m.user_id = NEW.answered_by_id AND m.hospital_id = NEW.hospital_id
          AND m.is_active AND u.is_active AND 'clinician' = ANY(m.roles)
    ) THEN
        RAISE EXCEPTION 'exception_is_answered_by_a_clinician_of_here' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class ChoiceKind(models.TextChoices):
    """How a chosen option stands to the guideline."""

    FOLLOWS = "follows", "Follows the guideline"
    LEAVES = "leaves", "Leaves the guideline"
    OPEN = "open", "Not settled by the guideline"
    BESIDE = "beside", "Beside the guideline's options"


class ExceptionAnswer(models.TextChoices):
    CONFIRMED = "confirmed", "Confirmed"
    DECLINED = "declined", "Declined"


class ChoiceEvent(PatientRow):
    """One option of one confirmed choice. The application can only add rows.

    ``place`` counts from 0 in the sequence that was chosen with the answer's version ``choice_version``.
    ``status`` is the option's when it was chosen, empty for what stands beside the options; ``overridden``
    are the arguments against it then (``rule``, ``text``, ``absolute``), if the guideline was left, or the
    absolute ones against a drug in the ``name``.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="choices")
    choice_version = models.PositiveIntegerField()
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=ChoiceKind.choices)
    option = models.CharField(max_length=40)
    name = models.CharField(max_length=200, blank=True, help_text="Of another regimen or a trial.")
    status = models.CharField(max_length=20, blank=True)
    overridden = models.JSONField(default=list)
    reason = models.CharField(max_length=30, choices=Reason.choices, blank=True)
    text = models.TextField(max_length=2000, blank=True)
    facts_sha256 = models.CharField(max_length=64)
    content_version = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "choice_version", "place"], name="choice_is_noted_once"),
            models.CheckConstraint(condition=Q(kind__in=ChoiceKind.values), name="choice_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(kind="leaves") | ~Q(reason__in=["", Reason.AS_RECOMMENDED]),
                name="choice_that_leaves_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"choice of {self.option} in draft {self.draft_id}"


@pghistory.track()
class AbsoluteException(PatientRow):
    """A choice against an absolute contraindication, laid before a second clinician.

    ``recorded_by`` asks. What is asked is bound to the facts, the options and the version of the choice with
    its ``text``; whatever changes of them makes it another question. ``arguments`` are what excludes
    (``option``, ``rule``, ``text``). Another clinician answers, once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="exceptions")
    choice_version = models.PositiveIntegerField()
    options = ArrayField(models.CharField(max_length=40))
    facts_sha256 = models.CharField(max_length=64)
    arguments = models.JSONField()
    text = models.TextField(max_length=2000)
    answer = models.CharField(max_length=10, choices=ExceptionAnswer.choices, blank=True)
    answer_text = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["hospital", "recorded_at"], condition=Q(answer=""), name="exceptions_open")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "facts_sha256", "choice_version"], name="exception_is_asked_once"
            ),
            models.CheckConstraint(condition=~Q(text="") & Q(options__len__gt=0), name="exception_has_words"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_by=None)
                | Q(answer__in=ExceptionAnswer.values, answered_at__isnull=False, answered_by__isnull=False),
                name="exception_answer_is_paired",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("recorded_by")),
                name="exception_is_answered_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(answer="declined") | ~Q(answer_text=""), name="exception_declined_says_why"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="answered_by_another_clinician",
                operation=pgtrigger.UpdateOf(
                    "answer",
                    "answer_text",
                    "answered_at",
                    "answered_by_id",
                    "options",
                    "facts_sha256",
                    "choice_version",
                    "text",
                    "arguments",
                ),
                when=pgtrigger.Before,
                func=ANSWERED_BY_ANOTHER_CLINICIAN,
            )
        ]

    def __str__(self) -> str:
        return f"exception {self.pk}"
