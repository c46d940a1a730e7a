"""What every page about one batch loads and shows."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from accounts.middleware import MemberRequest
from accounts.queries import require_membership
from accounts.trail.kinds import AccessKind
from monitoring.imports import presenters
from monitoring.imports.models import Batch, Status
from patients.loader import load_patient
from patients.presenters import identity_strip


def load_batch(request: MemberRequest, batch_id: UUID) -> Batch:
    """The batch among those the member may see; a look at one patient's is noted. Raises Http404."""
    batches: QuerySet[Batch] = Batch.objects.open_to(require_membership(request)).exclude(
        status=Status.DISCARDED
    )
    batch = batches.select_related("source", "uploaded_by", "asked_by").filter(pk=batch_id).first()
    if batch is None:
        raise Http404("No such import in this hospital.")
    if batch.patient_id is not None:
        batch.patient = load_patient(request, batch.patient_id, AccessKind.CHANGED)
    return batch


def frame_of(batch: Batch) -> dict[str, Any]:
    """The context that all pages of a batch share."""
    frame: dict[str, Any] = {"batch": batch, "steps": presenters.steps_of(batch), "frame": "base.html"}
    if batch.patient is not None:
        strip = identity_strip(batch.patient, on=timezone.localdate())
        frame |= {"frame": "base_patient.html", "identity": strip, "patient": batch.patient}
    return frame


def to_batch(batch: Batch) -> HttpResponse:
    return redirect("imports:batch", batch.pk)
