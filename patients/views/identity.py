"""Register, open and correct patients."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.middleware import MemberRequest
from accounts.models import Membership
from accounts.permissions import Permission
from accounts.queries import require_membership
from accounts.trail.kinds import AccessKind
from patients.actions import identity
from patients.actions.identifiers import IdentifierTakenError
from patients.forms.identity import ContactForm, PatientForm, RegisterForm
from patients.loader import load_patient
from patients.models import Patient
from patients.presenters import identity_strip
from patients.presenters.overview import overview_of
from patients.queries import changes_of
from patients.queries.duplicates import Likely, likely_duplicates
from patients.views.entries import number_taken


@require_http_methods(["GET", "POST"])
def register(request: MemberRequest) -> HttpResponse:
    me = require_membership(request)
    now = timezone.now()
    form = RegisterForm(request.POST or None, on=timezone.localdate())
    likely: list[Likely] = []
    if request.method == "POST" and form.is_valid():
        likely = _not_told_apart(form, me)
        if not likely:
            patient = _registered(form, me, now)
            if patient is not None:
                messages.success(request, "Patient registered.")
                return redirect("patients:overview", patient.pk)
    context = {"form": form, "likely": likely}
    return render(request, "patients/register.html", context, status=422 if form.errors or likely else 200)


@require_GET
def overview(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    patient = load_patient(request, patient_id)
    me = require_membership(request)
    today = timezone.localdate()
    context = {
        "patient": patient,
        "identity": identity_strip(patient, on=today),
        "overview": overview_of(patient, on=today),
        "may_edit": me.may(Permission.EDIT_PATIENTS),
    }
    return render(request, "patients/overview.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    me = require_membership(request)
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    today = timezone.localdate()
    form = PatientForm(request.POST or None, on=today, patient=patient)
    meanwhile = None
    if request.method == "POST" and form.is_valid():
        try:
            identity.correct(
                patient=patient,
                identity=form.identity,
                expected_version=form.cleaned_data["version"] or 0,
                by=me,
            )
        except identity.DuplicateRecordNumberError:
            form.add_error("record_number", _taken(form))
        except identity.StalePatientError as stale:
            meanwhile = changes_of(stale.current)[0]
            form.add_error(
                None, "Somebody saved this patient after you opened the form. Nothing was overwritten."
            )
            form.take_version(stale.current.version)
        else:
            messages.success(request, "Changes saved.")
            return redirect("patients:overview", patient.pk)
    context = {
        "form": form,
        "patient": patient,
        "identity": identity_strip(patient, on=today),
        "meanwhile": meanwhile,
    }
    return render(request, "patients/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit_contact(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    form = ContactForm(request.POST or None, patient=patient)
    meanwhile = None
    if request.method == "POST" and form.is_valid():
        expected = form.cleaned_data["version"] or 0
        try:
            identity.correct_contact(
                patient=patient,
                contact=form.contact,
                expected_version=expected,
                by=require_membership(request),
            )
        except identity.StalePatientError as stale:
            meanwhile = changes_of(stale.current)[0]
            form.add_error(
                None, "Somebody saved this patient after you opened the form. Nothing was overwritten."
            )
            form.take_version(stale.current.version)
        else:
            messages.success(request, "Contact saved.")
            return redirect("patients:overview", patient.pk)
    context = {
        "form": form,
        "patient": patient,
        "identity": identity_strip(patient, on=timezone.localdate()),
        "meanwhile": meanwhile,
    }
    return render(request, "patients/contact.html", context, status=422 if form.errors else 200)


def _not_told_apart(form: RegisterForm, me: Membership) -> list[Likely]:
    """Who may be the same person and was not yet said to be another one; the form then shows them.

    Whoever is found only now, after others were told apart, is asked about too.
    """
    submission = form.cleaned_data["submission"]
    likely = likely_duplicates(form.identity, form.number, submission=submission, by=me)
    ids = [str(one.patient.pk) for one in likely]
    if set(ids) <= form.told_apart:
        return []
    number = form.cleaned_data["record_number"].lower()
    if any(one.patient.record_number.lower() == number for one in likely):
        form.add_error("record_number", _taken(form))
    form.take_others(ids)
    return likely


def _registered(form: RegisterForm, me: Membership, now: datetime) -> Patient | None:
    """The new patient, or None after the form was told why not."""
    try:
        return identity.register(
            identity=form.identity,
            number=form.number,
            submission=form.cleaned_data["submission"],
            by=me,
            now=now,
        )
    except identity.DuplicateRecordNumberError:
        form.add_error("record_number", _taken(form))
    except IdentifierTakenError as taken:
        form.add_error("number_value", number_taken(taken, None))
    return None


def _taken(form: PatientForm) -> str:
    number = form.cleaned_data["record_number"]
    return f"Record number {number} belongs to another patient of this hospital; each number is given once."
