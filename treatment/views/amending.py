"""Begin the next version of a plan."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.middleware import MemberRequest
from accounts.queries import require_membership
from guideline.edition import load_edition
from patients.loader import load_patient_in_care
from treatment.actions import amending
from treatment.amending import carried_over
from treatment.facts import snapshot
from treatment.on_record import on_record
from treatment.views.plans import plan_of
from treatment.wizard.steps import STEPS

NOT_AMENDABLE = "This version no longer holds; amend the plan that holds now."
OTHER_DRAFT = "A plan is being made already. Go on with it or discard it; then this plan can be amended."


@require_POST
def amend(request: MemberRequest, patient_id: UUID, plan_id: UUID) -> HttpResponse:
    patient = load_patient_in_care(request, patient_id)
    me = require_membership(request)
    plan = plan_of(request, patient, plan_id)
    edition, today = load_edition(), timezone.localdate()
    recorded = on_record(patient, edition, on=today).facts
    try:
        draft = amending.amend(
            plan=plan,
            patient=patient,
            carried=carried_over(plan, patient, recorded, edition, on=today),
            record=snapshot(recorded),
            by=me,
            now=timezone.now(),
        )
    except amending.NotAmendableError:
        messages.warning(request, NOT_AMENDABLE)
    except amending.OtherDraftOpenError:
        messages.warning(request, OTHER_DRAFT)
    else:
        return redirect("treatment:step", patient.pk, draft.pk, STEPS[0].key)
    return redirect("treatment:plans", patient.pk)
