"""What closed a follow-up, and the answer that it does not belong there."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.middleware import MemberRequest
from accounts.posted import whole_number
from accounts.queries import require_membership
from guideline.edition import load_edition
from monitoring.follow_ups.actions.steps import NotOpenError, StaleFollowUpError
from monitoring.follow_ups.models import FollowUp
from monitoring.matching import queries
from monitoring.matching.actions import matches
from patients.loader import load_patient_in_care
from patients.presenters import identity_strip


@require_http_methods(["GET", "POST"])
def results_of_item(request: MemberRequest, patient_id: UUID, follow_up_id: UUID) -> HttpResponse:
    """Show the results that closed an item; posted, they do not belong to it and it is open again."""
    me = require_membership(request)
    patient = load_patient_in_care(request, patient_id)
    item: FollowUp = get_object_or_404(FollowUp.objects.visible_to(me).of(patient), pk=follow_up_id)
    refused = ""
    if request.method == "POST":
        try:
            matches.refuse(
                follow_up=item, expected_version=whole_number(request.POST.get("version", "")), by=me
            )
        except (StaleFollowUpError, NotOpenError) as error:
            item, refused = error.current, "Somebody changed this follow-up meanwhile; look at it again."
        else:
            messages.success(request, f"{item.title} is expected again.")
            return redirect("follow_ups:patient", patient.pk)
    context = {
        "patient": patient,
        "identity": identity_strip(patient, on=timezone.localdate()),
        "item": item,
        "results": queries.closed_by(item, me, load_edition()),
        "refused": refused,
    }
    status = 422 if refused else 200
    return render(request, "monitoring/matching/results.html", context, status=status)
