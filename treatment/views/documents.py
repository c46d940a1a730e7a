"""The PDFs of a signed plan, as they were stored when it was signed."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.middleware import MemberRequest
from accounts.queries import require_membership
from accounts.trail.kinds import AccessKind
from guideline.edition import load_edition
from patients.loader import load_patient
from treatment.actions.documents import KINDS, document_of
from treatment.models import Plan


@require_GET
def document(request: MemberRequest, patient_id: UUID, plan_id: UUID, document_key: str) -> HttpResponse:
    """One document to read or print; noted as printed. Its file name tells nothing of the patient."""
    patient = load_patient(request, patient_id, AccessKind.PRINTED)
    if document_key not in KINDS:
        raise Http404("No such document.")
    me = require_membership(request)
    plans = Plan.objects.visible_to(me).of(patient).select_related("signed_by", "hospital")
    plan = get_object_or_404(plans, pk=plan_id)
    kind, paper = KINDS[document_key]
    found = document_of(
        plan=plan,
        patient=patient,
        kind=kind,
        paper=paper,
        edition=load_edition(),
        by=me.user,
        now=timezone.now(),
    )
    answer = HttpResponse(bytes(found.content), content_type="application/pdf")
    name = f"{kind.label.lower().replace(' ', '-')}-{plan.number}-version-{plan.version}-{paper}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
