"""Offer a patient to another hospital."""

import uuid
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.middleware import MemberRequest
from accounts.queries import require_membership
from patients.actions.transfers import AlreadyOfferedError
from patients.loader import load_patient_in_care
from poems_site.pages.care.views.page import frame
from poems_site.pages.transfers.forms import OfferForm
from poems_site.workflows import transfer


@require_http_methods(["GET", "POST"])
def offer(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    patient = load_patient_in_care(request, patient_id)
    me = require_membership(request)
    form = OfferForm(request.POST or None, member=me, initial={"submission": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            transfer.offer(patient=patient, **form.cleaned_data, by=me, now=timezone.now())
        except AlreadyOfferedError as already:
            standing = already.standing
            form.add_error(
                None,
                f"{standing.offered_by.full_name} offered this patient to {standing.to_hospital} already; "
                "withdraw that offer first.",
            )
        else:
            messages.success(
                request, f"Offered to {form.cleaned_data['to']}. Until they accept, nothing changes."
            )
            return redirect("care:page", patient.pk)
    return render(
        request, "care/offer.html", frame(patient) | {"form": form}, status=422 if form.errors else 200
    )
