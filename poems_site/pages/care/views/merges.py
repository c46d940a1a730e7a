"""Find the other record of the same person, see what a merge would do, do it, take it back."""

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.middleware import MemberRequest
from accounts.queries import require_membership
from accounts.trail.kinds import AccessKind
from accounts.trail.requests import note_list
from patients.loader import load_patient, note_access
from patients.models import Merge, Patient
from poems_site.pages.care.forms import MergeForm
from poems_site.pages.care.presenters import identity_differences, merge_rows
from poems_site.pages.care.views.page import frame
from poems_site.workflows import merge

CANDIDATES = 10
OFFERED = (
    "One of the records is offered to another hospital. Withdraw the offer or wait for the answer first."
)
TWO_PLANS = "Both records have a treatment plan that holds. Withdraw the one that is not to hold, then merge."
CHANGED = (
    "Something was written in the records after you opened this page. Look at the list again, then merge."
)
TOO_LATE = (
    "This merge can no longer be taken back: thirty days have passed, or the record that was kept is itself "
    "closed. Nothing was changed."
)


@require_http_methods(["GET", "POST"])
def find(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """Records that resemble this one, or ``q``; posted, for names stay out of addresses."""
    patient = load_patient(request, patient_id)
    text = request.POST.get("q", "").strip()[:200].replace("\x00", "")
    others = Patient.objects.visible_to(require_membership(request)).in_care().exclude(pk=patient.pk)
    found = others.matching(text or patient.full_name).select_related("summary")[:CANDIDATES]
    if text:
        note_list(request, shown=len(found), searched=True)
    return render(request, "care/find.html", frame(patient) | {"found": found, "q": text})


@require_http_methods(["GET", "POST"])
def show(request: MemberRequest, patient_id: UUID, other_id: UUID) -> HttpResponse:
    """What a merge of the two would do, and the merge.

    ``keep=other`` keeps the other record instead of the one whose page this is.
    """
    patient, other = load_patient(request, patient_id), load_patient(request, other_id)
    if patient == other:
        raise Http404("A record is not merged with itself.")
    keeps_other = request.GET.get("keep") == "other"
    kept, closed = (other, patient) if keeps_other else (patient, other)
    form = MergeForm(request.POST or None, initial={"submission": uuid.uuid4()})
    if request.method == "POST" and form.is_valid() and _merged(request, kept, closed, form):
        messages.success(request, "Merged. Everything is in this record now; see Care to take it back.")
        return redirect("patients:overview", kept.pk)
    context = frame(patient) | {
        "form": form,
        "kept": kept,
        "closed": closed,
        "keeps_other": keeps_other,
        "other": other,
        "differences": identity_differences(kept, closed),
    }
    status = 422 if form.errors else 200
    return render(request, "care/merge.html", context | _preview(request, kept, closed), status=status)


@require_POST
def undo(request: MemberRequest, patient_id: UUID, merge_id: int) -> HttpResponse:
    me = require_membership(request)
    patient = load_patient(request, patient_id)
    done = get_object_or_404(
        Merge.objects.visible_to(me).of(patient).select_related("patient", "merged"), pk=merge_id
    )
    try:
        merge.undo(merge=done, by=me, now=timezone.now())
    except merge.TooLateError:
        messages.error(request, TOO_LATE)
    else:
        note_access(request, patient, AccessKind.CHANGED)
        note_access(request, done.merged, AccessKind.CHANGED)
        messages.success(request, "Taken back. Both records are in care again, each with its own entries.")
    return redirect("care:page", patient.pk)


def _merged(request: MemberRequest, kept: Patient, closed: Patient, form: MergeForm) -> bool:
    """Whether the merge was done; otherwise the form says why not."""
    try:
        merge.merge(
            kept=kept,
            closed=closed,
            seen=form.cleaned_data["seen"],
            submission=form.cleaned_data["submission"],
            by=require_membership(request),
            now=timezone.now(),
        )
    except merge.OpenTransferError:
        form.add_error(None, OFFERED)
    except merge.TwoPlansError:
        form.add_error(None, TWO_PLANS)
    except merge.ChangedMeanwhileError:
        form.add_error(None, CHANGED)
    else:
        for record in (kept, closed):
            note_access(request, record, AccessKind.CHANGED)
        return True
    return False


def _preview(request: MemberRequest, kept: Patient, closed: Patient) -> dict[str, Any]:
    """What would move and what would stay; ``obstacle`` says why nothing can be merged at all."""
    try:
        moved = merge.preview(kept=kept, closed=closed, by=require_membership(request), now=timezone.now())
    except merge.OpenTransferError:
        return {"obstacle": OFFERED}
    except merge.TwoPlansError:
        return {"obstacle": TWO_PLANS}
    rows = merge_rows(moved, closed)
    return {"rows": rows, "seen": moved.fingerprint, "stays": any(row.stays for row in rows)}
