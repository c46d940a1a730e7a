"""List, enter and correct PET scans, and mark them as entered in error."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.middleware import MemberRequest
from accounts.posted import whole_number
from accounts.queries import require_membership
from accounts.trail.kinds import AccessKind
from monitoring.results.actions import pet
from monitoring.results.forms.pet import MOST_LESIONS, PetForm
from monitoring.results.models import PetScan
from monitoring.results.pet_presenters import scan_in_words, scans_shown
from monitoring.results.queries import page_of_scans, scanned_at
from patients.actions.corrections import StaleRowError
from patients.loader import load_patient
from patients.models import Patient
from patients.views.frame import frame

STALE = "Somebody saved this scan after you opened the form. Nothing was overwritten."
MORE_ROWS = 5
COUNT = "lesion-TOTAL_FORMS"


@require_GET
def scan_list(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """The patient's scans, newest first, each with its lesions and report."""
    patient = load_patient(request, patient_id)
    page = page_of_scans(patient, number=whole_number(request.GET.get("page", "")) or 1)
    context = {
        "scans": scans_shown(page.object_list),
        "newer_url": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "older_url": f"?page={page.next_page_number()}" if page.has_next() else "",
    }
    return render(request, "monitoring/results/pet_list.html", frame(request, patient) | context)


@require_http_methods(["GET", "POST"])
def new(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    form = _form(request, patient)
    if _is_to_be_saved(request) and form.is_valid():
        pet.record(
            patient=patient,
            entry=form.entry,
            submission=form.cleaned_data["submission"],
            by=require_membership(request),
            now=timezone.now(),
        )
        messages.success(request, "Scan saved.")
        return redirect("results:pet", patient.pk)
    return _show(request, patient, form, {"heading": "Enter a PET scan"})


@require_http_methods(["GET", "POST"])
def correct(request: MemberRequest, patient_id: UUID, scan_id: int) -> HttpResponse:
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    scan = _scan(request, patient, scan_id)
    form = _form(request, patient, scan)
    changed_meanwhile = None
    if _is_to_be_saved(request) and form.is_valid():
        try:
            pet.correct(
                scan=scan,
                entry=form.entry,
                expected_version=form.cleaned_data["version"] or 0,
                by=require_membership(request),
            )
        except StaleRowError as stale:
            changed_meanwhile = scan_in_words(stale.current)
            form.add_error(None, STALE)
            form.take_version(stale.current.version)
        else:
            messages.success(request, "Scan corrected; the history keeps what stood before.")
            return redirect("results:pet", patient.pk)
    context = {"heading": "Correct a PET scan", "scan": scan, "changed_meanwhile": changed_meanwhile}
    return _show(request, patient, form, context)


@require_http_methods(["GET", "POST"])
def error(request: MemberRequest, patient_id: UUID, scan_id: int) -> HttpResponse:
    """Ask, then take a scan out of every chart and computation."""
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    scan = _scan(request, patient, scan_id)
    stale = False
    if request.method == "POST":
        try:
            pet.mark_error(
                scan=scan,
                expected_version=whole_number(request.POST.get("version", "")),
                by=require_membership(request),
                now=timezone.now(),
            )
        except StaleRowError as refused:
            scan, stale = refused.current, True
        else:
            messages.success(request, "Marked as entered in error.")
            return redirect("results:pet", patient.pk)
    context = {"scan": scan, "in_words": scan_in_words(scan), "stale": stale}
    page = "monitoring/results/pet_error.html"
    return render(request, page, frame(request, patient) | context, status=422 if stale else 200)


@require_POST
def take_back(request: MemberRequest, patient_id: UUID, scan_id: int) -> HttpResponse:
    """Let a scan that was marked as entered in error stand again."""
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    struck = PetScan.objects.visible_to(require_membership(request)).of(patient)
    scan: PetScan = get_object_or_404(struck.exclude(entered_in_error_at=None), pk=scan_id)
    try:
        pet.take_back_error(
            scan=scan,
            expected_version=whole_number(request.POST.get("version", "")),
            by=require_membership(request),
            now=timezone.now(),
        )
    except StaleRowError:
        messages.error(request, "Somebody saved this scan meanwhile; look at it again below.")
    else:
        messages.success(request, "The scan stands again.")
    return redirect("results:pet", patient.pk)


def _scan(request: MemberRequest, patient: Patient, scan_id: int) -> PetScan:
    rows = PetScan.objects.visible_to(require_membership(request)).of(patient).standing()
    found: PetScan = get_object_or_404(rows, pk=scan_id)
    return found


def _form(request: MemberRequest, patient: Patient, scan: PetScan | None = None) -> PetForm:
    return PetForm(
        _with_more_rows(request.POST) if request.method == "POST" else None,
        on=timezone.localdate(),
        born=patient.birth_date,
        known=scanned_at(patient),
        scan=scan,
    )


def _with_more_rows(posted: QueryDict) -> QueryDict:
    """What was posted; with more empty rows for lesions if that is what was asked for."""
    if "more" not in posted:
        return posted
    data = posted.copy()
    data[COUNT] = str(min(whole_number(data.get(COUNT, "")) + MORE_ROWS, MOST_LESIONS))
    return data


def _is_to_be_saved(request: MemberRequest) -> bool:
    return request.method == "POST" and "more" not in request.POST


def _show(
    request: MemberRequest, patient: Patient, form: PetForm, context: dict[str, object]
) -> HttpResponse:
    refused = _is_to_be_saved(request) and bool(form.errors)
    offers = {"form": form, "asked_for_rows": "more" in request.POST}
    page = "monitoring/results/pet_form.html"
    return render(request, page, frame(request, patient) | offers | context, status=422 if refused else 200)
