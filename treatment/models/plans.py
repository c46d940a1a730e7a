"""Treatment plans: the draft a clinician works on, each answer given in it, and the plan that was signed."""

import uuid
from typing import Any

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value

from accounts.models import User
from patients.models import PatientRow

# The words that were frozen say whether a chosen option is excluded absolutely; then the plan names what a
# second clinician confirmed for the same facts and options. The signer is not that clinician.
CONFIRMED_BY_A_SECOND_CLINICIAN = """
    IF EXISTS (
        SELECT FROM jsonb_array_elements(
            coalesce(NEW.shown #> '{decision,options}', '[]') || coalesce(NEW.shown -> 'beside', '[]')
        ) AS shown(option)
        WHERE option ->> 'id' = ANY(NEW.options) AND (option -> 'absolute')::boolean
    ) AND NOT EXISTS (
        SELECT FROM treatment_absoluteexception e
        WHERE e.id = NEW.exception_id AND e.draft_id = NEW.draft_id AND e.answer = 'confirmed'
          AND e.answered_by_id <> NEW.signed_by_id
          AND e.facts_sha256 = NEW.facts_sha256 AND e.options = NEW.options
    ) THEN
        RAISE EXCEPTION 'plan_absolute_exclusion_needs_a_second_clinician' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


# Of the bytes of a document, in its columns ``content`` and ``sha256``.
IS_ITS_OWN_HASH = Q(
    sha256=Func(
        Func(F("content"), function="sha256", output_field=models.BinaryField()),
        Value("hex"),
        function="encode",
        output_field=models.CharField(),
    )
)


class DraftState(models.TextChoices):
    OPEN = "open", "Open"
    SIGNED = "signed", "Signed"
    DISCARDED = "discarded", "Discarded"


class Reason(models.TextChoices):
    """Why this option was chosen; all but the first leave what the guideline advises."""

    AS_RECOMMENDED = "as_recommended", "As recommended"
    TOXICITY = "toxicity", "Toxicity"
    COMORBIDITY = "comorbidity", "Comorbidity"
    PRIOR_THERAPY_PRECLUDES = "prior_therapy_precludes", "Earlier therapy precludes it"
    NOT_AVAILABLE = "not_available", "Not available here"
    NEW_EVIDENCE = "new_evidence", "New evidence"
    CLINICAL_TRIAL = "clinical_trial", "Clinical trial"
    STARTED_BEFORE_REFERRAL = "started_before_referral", "Started before referral"
    TUMOR_BOARD_DECISION = "tumor_board_decision", "Decision of the tumour board"
    PATIENT_PREFERENCE = "patient_preference", "The patient's preference"


class DocumentKind(models.TextChoices):
    PLAN = "plan", "Treatment plan"
    SHEET = "sheet", "Information for the patient"


class Paper(models.TextChoices):
    A4 = "a4", "A4"
    LETTER = "us-letter", "US Letter"


@pghistory.track()
class Draft(PatientRow):
    """A plan being made. ``recorded_by`` started it; a patient has at most one that is open.

    ``record_at_start`` is what the record said when the draft was begun, by fact path, so that signing can
    name what changed since; for a fact that was taken over or settled meanwhile, what it said then.
    ``amends`` is the plan of which it will be the next version.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=9, choices=DraftState.choices, default=DraftState.OPEN)
    updated_at = models.DateTimeField()
    record_at_start = models.JSONField(default=dict)
    # No foreign key: a plan refers to its draft, and a merge moves rows after those that they refer to.
    amends = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    handed_to = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    handed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    handed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=Q(state="open"), name="draft_is_one_open_per_patient"
            ),
            models.CheckConstraint(condition=Q(state__in=DraftState.values), name="draft_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None, closed_by=None)
                | (~Q(state="open") & Q(closed_at__isnull=False, closed_by__isnull=False)),
                name="draft_end_is_paired",
            ),
            models.CheckConstraint(
                condition=Q(handed_to=None, handed_by=None, handed_at=None)
                | Q(handed_to__isnull=False, handed_by__isnull=False, handed_at__isnull=False),
                name="draft_handing_over_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @property
    def held_by(self) -> User:
        """Whose it is to go on: who got it last, or who began it."""
        return self.handed_to or self.recorded_by

    @property
    def held_by_id(self) -> Any:
        return self.handed_to_id or self.recorded_by_id

    @property
    def is_open(self) -> bool:
        return self.state == DraftState.OPEN


@pghistory.track()
class Answer(PatientRow):
    """What was answered to one question of a draft; ``recorded_by`` and ``recorded_at`` say who and when.

    No row: not answered. A row whose ``value`` is null: answered with *not known*. ``question`` is a fact's
    path or the key of a question of the wizard's own. ``source`` and ``source_on`` stand where a value of the
    record was accepted, ``confirmed_on`` where it was too old for that and somebody said that it still holds.
    ``version`` counts the changes: a form that shows an older one overwrites nothing.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=80)
    value = models.JSONField(null=True)
    source = models.CharField(max_length=100, blank=True)
    source_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "question"], name="answer_is_one_per_question"),
            models.CheckConstraint(
                condition=Q(source="", source_on=None) | (~Q(source="") & Q(source_on__isnull=False)),
                name="answer_source_is_paired",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on=None) | Q(source_on__lte=F("confirmed_on")),
                name="answer_confirms_what_was_found_before",
            ),
        ]

    def __str__(self) -> str:
        return f"answer to {self.question} in draft {self.draft_id}"


@pghistory.track(exclude=["facts", "decision", "shown", "follow_ups"])
class Plan(PatientRow):
    """A signed plan. The application can add one and read it, never change it (migration 0001).

    ``facts`` and ``decision`` are what was signed, in the guideline's own form; ``shown`` is every word the
    page showed, so that it can be read years later without the content it rests on. ``options`` is the
    sequence: an option, then the step after it; ``option_name`` says which other regimen or trial.
    ``exception`` is what a second clinician confirmed where an option is excluded absolutely.
    ``supersedes`` is the plan whose place it takes: the version before it, or another plan that was current;
    whether it still holds is told by its ``PlanStanding``. Its history keeps who wrote the row, not a second
    copy.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="plan")
    number = models.PositiveIntegerField(
        help_text="Of the plan in the hospital that signed it; versions share it."
    )
    version = models.PositiveIntegerField()
    supersedes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField()
    facts_sha256 = models.CharField(max_length=64)
    decision = models.JSONField()
    shown = models.JSONField()
    engine = models.CharField(max_length=20)
    content_id = models.CharField(max_length=100)
    content_version = models.CharField(max_length=40)
    content_status = models.CharField(max_length=20)
    options = ArrayField(models.CharField(max_length=40))
    option_name = models.CharField(max_length=200, blank=True, help_text="Of another regimen or a trial.")
    adjunct_radiation = models.BooleanField(default=False)
    exception = models.ForeignKey(
        "AbsoluteException", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    reason = models.CharField(max_length=30, choices=Reason.choices, blank=True)
    reason_text = models.TextField(max_length=2000, blank=True)
    follow_ups = models.JSONField(default=list)

    class Meta:
        constraints = [
            # A number is given once in a hospital (actions.plans), but a patient may bring plans along, by a
            # transfer or a merge.
            models.UniqueConstraint(fields=["patient", "number", "version"], name="plan_version_is_unique"),
            models.UniqueConstraint(fields=["supersedes"], name="plan_is_superseded_once"),
            models.CheckConstraint(condition=Q(options__len__gt=0), name="plan_chooses_something"),
            models.CheckConstraint(condition=Q(reason__in=["", *Reason.values]), name="plan_reason_is_known"),
            models.CheckConstraint(
                condition=~Q(reason="new_evidence") | ~Q(reason_text=""),
                name="plan_new_evidence_is_named",
            ),
            models.CheckConstraint(
                condition=~Q(option_name="") | ~Q(options__overlap=["other_regimen", "clinical_trial"]),
                name="plan_beside_the_options_is_named",
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0, version__gt=0), name="plan_is_numbered_from_one"
            ),
        ]

        triggers = [
            pgtrigger.Trigger(
                name="exclusion_has_second_clinician",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=CONFIRMED_BY_A_SECOND_CLINICIAN,
            )
        ]

    def __str__(self) -> str:
        return f"plan {self.number}, version {self.version}"


@pghistory.track(exclude=["content"])
class Document(PatientRow):
    """The bytes of a PDF of a signed plan, as made when it was signed. Can be added and read, never changed.

    A plan that was signed before documents were kept gets its own when somebody first asks for it.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=10, choices=DocumentKind.choices)
    paper = models.CharField(max_length=10, choices=Paper.choices)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind", "paper"], name="document_is_one_of_its_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=DocumentKind.values, paper__in=Paper.values),
                name="document_kind_is_known",
            ),
            models.CheckConstraint(
                condition=IS_ITS_OWN_HASH,
                name="document_hash_is_its_own",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.paper} of plan {self.plan_id}"
