"""The care team: who looks after the patient, from when to when."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.middleware import MemberRequest
from accounts.queries import require_membership
from accounts.trail.kinds import AccessKind
from patients.actions import care_team
from patients.actions.corrections import StaleRowError
from patients.forms.person import AssignForm, EndForm
from patients.loader import load_patient
from patients.models import CareTeamMember, Patient, TeamRole
from patients.queries.care_team import candidates, team_history, team_of
from patients.views.frame import frame, standing_row, struck


@require_GET
def team(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    patient = load_patient(request, patient_id)
    today = timezone.localdate()
    now_on_it = team_of(patient, on=today)
    others = [member for member in team_history(patient) if member not in now_on_it]
    context = {
        "team": now_on_it,
        "to_come": [member for member in others if member.started_on > today],
        "earlier": [member for member in others if member.started_on <= today],
    }
    return render(request, "patients/team.html", frame(request, patient) | context)


@require_http_methods(["GET", "POST"])
def assign(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    me = require_membership(request)
    form = AssignForm(request.POST or None, on=timezone.localdate(), people=candidates(me))
    if request.method == "POST" and form.is_valid():
        entry = form.values | {"submission": form.cleaned_data["submission"]}
        try:
            care_team.assign(patient=patient, by=me, now=timezone.now(), **entry)
        except care_team.NotOfThisHospitalError:
            role = TeamRole(form.cleaned_data["role"]).label.lower()
            form.add_error("user", f"This person has no role in this hospital that may be {role}.")
        except care_team.RoleTakenError as taken:
            form.add_error("started_on", _taken(taken.standing))
        else:
            messages.success(request, "Care team changed.")
            return redirect("patients:team", patient.pk)
    return _form(request, patient, form, "Put somebody on the team")


@require_http_methods(["GET", "POST"])
def end_assignment(request: MemberRequest, patient_id: UUID, assignment_id: int) -> HttpResponse:
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    me = require_membership(request)
    member = standing_row(CareTeamMember, request, patient, assignment_id)
    initial = {"ended_on": member.ended_on or timezone.localdate(), "version": member.version}
    form = EndForm(request.POST or None, first=member.started_on, initial=initial)
    if request.method == "POST" and form.is_valid():
        change = {"ended_on": form.cleaned_data["ended_on"], "expected_version": form.cleaned_data["version"]}
        try:
            care_team.end(member=member, by=me, **change)
        except StaleRowError:
            form.add_error(None, "Somebody changed this assignment meanwhile; look at the team again.")
        except care_team.RoleTakenError as taken:
            form.add_error("ended_on", _taken(taken.standing))
        else:
            messages.success(request, "Care team changed.")
            return redirect("patients:team", patient.pk)
    return _form(request, patient, form, f"{member.get_role_display()}: {member.user.full_name}")


@require_http_methods(["GET", "POST"])
def assignment_error(request: MemberRequest, patient_id: UUID, assignment_id: int) -> HttpResponse:
    """Ask, then mark an assignment that never was."""
    patient = load_patient(request, patient_id, AccessKind.CHANGED)
    member = standing_row(CareTeamMember, request, patient, assignment_id)
    if request.method == "POST" and struck(request, member):
        messages.success(request, "Marked as entered in error.")
        return redirect("patients:team", patient.pk)
    stale = request.method == "POST"
    member.refresh_from_db()
    context = {
        "row": member,
        "what": f"{member.user.full_name} as {member.get_role_display().lower()}",
        "stale": stale,
        "up_label": "Care team",
        "up_url": reverse("patients:team", args=[patient.pk]),
    }
    whole = frame(request, patient) | context
    return render(request, "patients/entered_in_error.html", whole, status=422 if stale else 200)


def _taken(standing: CareTeamMember) -> str:
    until = f" until {standing.ended_on:%-d %b %Y}" if standing.ended_on else ""
    return (
        f"{standing.user.full_name} is {standing.get_role_display().lower()} "
        f"from {standing.started_on:%-d %b %Y}{until}; one person has one role at a time, "
        "and each role but coordinator one person. End that first."
    )


def _form(request: MemberRequest, patient: Patient, form: Any, heading: str) -> HttpResponse:
    context = {"form": form, "heading": heading}
    return render(
        request,
        "patients/team_form.html",
        frame(request, patient) | context,
        status=422 if form.errors else 200,
    )
