"""The history of a record: every change, one row's states, taking a change back, and who looked."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.middleware import MemberRequest
from accounts.permissions import Permission
from accounts.posted import whole_number
from accounts.queries import require_membership
from accounts.trail.kinds import AccessKind
from accounts.trail.queries import Place as LookPlace, about_patients, page_of, people_of
from monitoring.results.actions import nerve
from monitoring.results.changed import results_changed
from monitoring.results.models import NerveAssessment, PetScan, Result
from patients.actions.corrections import StaleRowError
from patients.actions.restore import ContradictionError, restore
from patients.loader import load_patient
from patients.models import Patient
from patients.presenters import identity_strip
from patients.queries import records_of
from poems_site.pages.history.queries import (
    Place,
    changes_of_row,
    differences,
    page_of_changes,
    people_in,
)
from poems_site.pages.history.tables import HistoryTable, history_tables
from poems_site.pages.log.forms import DaysForm
from poems_site.pages.log.presenters import gathered, line_of

STALE = "Somebody saved this entry meanwhile. Nothing was overwritten; compare again below."
CONTRADICTS = (
    "The earlier state contradicts another entry that stands now (the rule: %s). Correct that entry first."
)


@require_GET
def changes(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """What was changed in the record, newest first; ``kind`` narrows, ``after`` pages."""
    patient = load_patient(request, patient_id)
    key = request.GET.get("kind", "")
    key = key if key in history_tables() else ""
    page = page_of_changes(patient, key=key, after=Place.read(request.GET.get("after", "")))
    address = reverse("record_history:changes", args=[patient.pk])
    narrowed = {"kind": key} if key else {}
    context = {
        "changes": page.changes,
        "tables": list(history_tables().values()),
        "key": key,
        "newest_url": f"{address}?{urlencode(narrowed)}" if "after" in request.GET else "",
        "older_url": f"{address}?{urlencode(narrowed | {'after': str(page.older)})}" if page.older else "",
    }
    return render(request, "record/history/changes.html", _frame(request, patient) | context)


@require_GET
def looks(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """Who opened the record or tried to, newest first; narrowed to a person and to days."""
    patient = load_patient(request, patient_id)
    looks_at = about_patients(records_of(patient))
    form = DaysForm(request.GET, people=people_of(looks_at))
    page = page_of([looks_at], form.wanted(), after=LookPlace.read(request.GET.get("after", "")))
    context = {
        "form": form,
        "lines": gathered(line_of(event, {}) for event in page.events),
        "newest_url": form.address() if "after" in request.GET else "",
        "older_url": form.address(after=page.older) if page.older else "",
    }
    return render(request, "record/history/looks.html", _frame(request, patient) | context)


@require_GET
def row(request: MemberRequest, patient_id: UUID, table_key: str, row_id: str) -> HttpResponse:
    """Every state of one row, newest first; ``field`` keeps only what changed that field."""
    patient = load_patient(request, patient_id)
    table, standing = _row(patient, table_key, row_id)
    everything = changes_of_row(table, standing.pk)
    field = request.GET.get("field", "")
    context = {
        "table": table,
        "row": standing,
        "what": everything[0].what if everything else table.noun,
        "changes": [one for one in everything if not field or any(f.name == field for f in one.fields)],
        "newest": everything[0].event_id if everything else None,
        "fields": sorted({(f.name, f.label) for one in everything for f in one.fields}),
        "field": field,
        "may_restore": table.restorable(standing) and _may_edit(request),
    }
    return render(request, "record/history/row.html", _frame(request, patient) | context)


@require_http_methods(["GET", "POST"])
def restore_state(
    request: MemberRequest, patient_id: UUID, table_key: str, row_id: str, event_id: int
) -> HttpResponse:
    """Show what would change, then write the earlier state again as a new change."""
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    table, standing = _row(patient, table_key, row_id)
    event = table.events._default_manager.filter(pgh_obj_id=standing.pk, pgh_id=event_id).first()
    if event is None or not table.restorable(standing):
        raise Http404("No such state.")
    refused = ""
    if request.method == "POST":
        try:
            _restore(
                standing,
                values={field.attname: getattr(event, field.attname) for field in table.restored},
                expected_version=whole_number(request.POST.get("version", "")),
                by=require_membership(request),
                now=timezone.now(),
            )
        except StaleRowError as stale:
            standing, refused = stale.current, STALE
        except ContradictionError as contradiction:
            refused = CONTRADICTS % (contradiction.constraint.replace("_", " ") or "an order that is fixed")
        else:
            messages.success(request, "Restored as a new change; the history keeps every state.")
            return redirect("record_history:row", patient.pk, table.key, standing.pk)
    people = people_in(table, [standing, event])
    context = {
        "table": table,
        "row": standing,
        "state": event,
        "differences": differences(table, standing, event, people),
        "refused": refused,
    }
    page = "record/history/restore.html"
    return render(request, page, _frame(request, patient) | context, status=422 if refused else 200)


def _restore(row: models.Model, **change: Any) -> None:
    """Write the earlier state; what other rows rest on is restored by its own action, with these."""
    if isinstance(row, NerveAssessment):
        nerve.restore(assessment=row, **change)
    else:
        restored = restore(row=row, **change)
        if isinstance(restored, Result | PetScan):
            results_changed([restored.patient_id], by=change["by"])


def _row(patient: Patient, table_key: str, row_id: str) -> tuple[HistoryTable, Any]:
    """The table and the row as it stands; Http404 unless it is the patient's."""
    table = history_tables().get(table_key)
    if table is None:
        raise Http404("No such table.")
    try:
        key = table.model._meta.pk.to_python(row_id)
    except ValidationError as error:
        raise Http404("No such row.") from error
    if isinstance(key, int) and not 0 < key <= models.BigIntegerField.MAX_BIGINT:
        raise Http404("No such row.")
    owner = models.Q(pk=patient.pk) if table.model is Patient else models.Q(patient_id=patient.pk)
    standing = table.model._default_manager.filter(owner, pk=key).first()
    if standing is None:
        raise Http404("No such row.")
    return table, standing


def _may_edit(request: MemberRequest) -> bool:
    return require_membership(request).may(Permission.EDIT_PATIENTS)


def _frame(request: MemberRequest, patient: Patient) -> dict[str, Any]:
    return {"patient": patient, "identity": identity_strip(patient, on=timezone.localdate())}
