"""A treatment plan in a clinician's own words, for installations without decision support."""

import uuid
from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from patients.models import PatientRow
from treatment.models.plans import IS_ITS_OWN_HASH, Paper


@pghistory.track(exclude=["text"])
class FreePlan(PatientRow):
    """Signed text. The application can add one and read it, never change it (the migration sees to that).

    A later version names the one it ``replaces``; a version is replaced once. ``shown`` holds the patient's
    identity and the hospital as they were when it was signed, so that it is printed as it was.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # One per filled-in form: a double click finds its first click here.
    submission = models.UUIDField(unique=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=200)
    text = models.TextField(max_length=20_000)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    shown: "models.JSONField[Any, Any]" = models.JSONField()

    class Meta:
        verbose_name = "plan in free text"
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="free_plan_has_title_and_text"),
            models.CheckConstraint(
                condition=Q(version=1, replaces=None) | Q(version__gt=1, replaces__isnull=False),
                name="free_plan_version_is_paired",
            ),
            models.CheckConstraint(condition=~Q(replaces=F("id")), name="free_plan_replaces_another"),
        ]

    def __str__(self) -> str:
        return f"free plan {self.pk}, version {self.version}"


@pghistory.track(exclude=["content"])
class FreePlanDocument(PatientRow):
    """The bytes of a free plan's PDF, as made when it was signed. Can be added and read, never changed.

    A plan that was signed before its documents were kept gets them when somebody first asks for one.
    """

    plan = models.ForeignKey(FreePlan, on_delete=models.PROTECT, related_name="documents")
    paper = models.CharField(max_length=10, choices=Paper.choices)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "document of a plan in free text"
        constraints = [
            models.UniqueConstraint(fields=["plan", "paper"], name="free_plan_document_is_one_of_its_paper"),
            models.CheckConstraint(condition=Q(paper__in=Paper.values), name="free_plan_paper_is_known"),
            models.CheckConstraint(condition=IS_ITS_OWN_HASH, name="free_plan_document_hash_is_its_own"),
        ]

    def __str__(self) -> str:
        return f"free plan {self.plan_id} on {self.paper}"
