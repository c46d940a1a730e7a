"""What people made of the guideline's content: submitted, approved, retired, adopted. Rows are only added.

The content itself is files. Here stands whose word it has, and for exactly which bytes (docs/adr/0018). Each
row has a twin in a history, because histories are what is sealed (docs/adr/0020).
"""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from accounts.models import Hospital, User
from approval.querysets import StepQuerySet

# The last word on the version, remarks apart, decides what may come next. Numbers leave no gap and are unique
# in the version, so that two people who act at once cannot both have the last word.
STEPS_COME_IN_ORDER = """
    SELECT kind, made_by_id INTO last_kind, last_by FROM approval_step
    WHERE version_id = NEW.version_id AND kind <> 'remarked' ORDER BY number DESC LIMIT 1;
    IF NEW.number <> 1 + (
        SELECT coalesce(max(number), 0) FROM approval_step WHERE version_id = NEW.version_id)
    THEN
        RAISE EXCEPTION 'approval_steps_are_numbered' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.kind = 'approved' AND last_kind = 'submitted' AND last_by = NEW.made_by_id THEN
        RAISE EXCEPTION 'approval_needs_a_second_person' USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.kind = 'submitted' AND last_kind IN ('submitted', 'approved'))
        OR (NEW.kind = 'approved' AND last_kind IS DISTINCT FROM 'submitted')
        OR (NEW.kind = 'retired' AND coalesce(last_kind, '') NOT IN ('submitted', 'approved'))
    THEN
        RAISE EXCEPTION 'approval_steps_come_in_order' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
# A hospital adopts what is approved: the step it names is an approval, and nothing came after it.
ADOPTS_WHAT_IS_APPROVED = """
    IF NEW.approval_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM approval_step s WHERE s.id = NEW.approval_id AND s.kind = 'approved' AND NOT EXISTS (
            SELECT FROM approval_step l
            WHERE l.version_id = s.version_id AND l.number > s.number AND l.kind <> 'remarked'))
    THEN
        RAISE EXCEPTION 'adoption_is_of_approved_content' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class StepKind(models.TextChoices):
    SUBMITTED = "submitted", "Submitted"
    REMARKED = "remarked", "Remark"
    APPROVED = "approved", "Approved"
    RETIRED = "retired", "Retired"


@pghistory.track(exclude=["words"])
class Version(models.Model):
    """Content as it was when it was submitted, in words, so that it can be read when its files are gone.

    ``digest`` stands for its exact bytes and ``engine`` for the rules that read them: an approval is of both.
    ``words`` are ``approval.reading.Entry`` as plain data.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    content = models.CharField(max_length=100)
    name = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    engine = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    note = models.TextField()
    published_on = models.DateField()
    words = models.JSONField()
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest", "engine"], name="version_is_kept_once"),
            models.CheckConstraint(condition=Q(digest__regex="^[0-9a-f]{64}$"), name="version_has_a_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.content} {self.name}"


@pghistory.track()
class Step(models.Model):
    """One word of one reviewer on a version. ``hospital`` is where the reviewer is one."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=9, choices=StepKind.choices)
    comment = models.TextField(max_length=2000, blank=True)
    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    submission = models.UUIDField(unique=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="step_is_numbered_once"),
            models.CheckConstraint(condition=Q(kind__in=StepKind.values), name="step_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind__in=["submitted", "approved"]) | ~Q(comment=""), name="step_is_explained"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="steps_come_in_order",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                declare=[("last_kind", "text"), ("last_by", "uuid")],
                func=STEPS_COME_IN_ORDER,
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} as step {self.number} on version {self.version_id}"


@pghistory.track()
class Adoption(models.Model):
    """A hospital takes over an approval, or no longer does (``approval`` is null); its newest row counts."""

    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    approval = models.ForeignKey(Step, on_delete=models.PROTECT, null=True, related_name="adoptions")
    comment = models.TextField(max_length=2000, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    submission = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hospital", "number"], name="adoption_is_numbered_once"),
            models.CheckConstraint(
                condition=Q(approval__isnull=False) | ~Q(comment=""), name="adoption_ends_for_a_reason"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="adopts_what_is_approved",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=ADOPTS_WHAT_IS_APPROVED,
            )
        ]

    def __str__(self) -> str:
        return f"adoption {self.number} of hospital {self.hospital_id}"
