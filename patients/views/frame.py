"""What every page of the record shows, and what its forms do alike."""

from typing import Any, TypeVar

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.middleware import MemberRequest
from accounts.permissions import Permission
from accounts.posted import whole_number
from accounts.queries import require_membership
from patients.actions.corrections import StaleRowError, mark_error
from patients.forms.dated import RecordForm
from patients.models import CorrectableRow, Patient
from patients.presenters import identity_strip
from patients.queries.changes import changed_since

STALE = "Somebody saved this after you opened the form. Nothing was overwritten."
Row = TypeVar("Row", bound=CorrectableRow)


def frame(request: MemberRequest, patient: Patient) -> dict[str, Any]:
    """The strip, and whether the member may write."""
    return {
        "patient": patient,
        "identity": identity_strip(patient, on=timezone.localdate()),
        "may_edit": require_membership(request).may(Permission.EDIT_PATIENTS),
    }


def standing_row(kind: type[Row], request: MemberRequest, patient: Patient, key: int) -> Row:
    """The patient's row that was not entered in error; else 404."""
    rows = kind.objects.visible_to(require_membership(request)).of(patient).standing()
    row: Row = get_object_or_404(rows, pk=key)
    return row


def tell_stale(form: RecordForm, stale: StaleRowError) -> dict[str, Any]:
    """What the second of two people is shown: what the first changed; what was typed stays."""
    seen = form.cleaned_data["version"]
    form.add_error(None, STALE)
    form.take_version(stale.current.version)
    return {"meanwhile": changed_since(stale.current, seen)}


def struck(request: MemberRequest, row: CorrectableRow) -> bool:
    """Mark the row as entered in error, if it still stands as it was shown."""
    try:
        mark_error(
            row=row,
            expected_version=whole_number(request.POST.get("version", "")),
            by=require_membership(request),
            now=timezone.now(),
        )
    except StaleRowError:
        return False
    return True


def show_form(
    request: MemberRequest, patient: Patient, form: RecordForm, page: str, context: dict[str, Any]
) -> HttpResponse:
    """The page of a form; 422 when something in it was refused."""
    whole = frame(request, patient) | {"form": form} | context
    return render(request, page, whole, status=422 if form.errors else 200)
