"""A patient's alerts: seen, acknowledged, handed over; and how often each rule spoke in the hospital."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.middleware import MemberRequest
from accounts.permissions import Permission
from accounts.queries import require_membership
from approval.standing import edition_at
from guideline.edition import load_edition
from monitoring.alerts.actions import acknowledging, readings
from monitoring.alerts.actions.acknowledging import AbsenceError, AlertEndedError, StaleAlertError
from monitoring.alerts.models import Alert, AlertStep, NextStep
from monitoring.follow_ups.local_days import local_day
from monitoring.follow_ups.models import FollowUp
from patients.loader import load_patient, load_patient_in_care
from patients.models import Patient
from patients.presenters import identity_strip
from poems_site.pages.alerts.forms import AcknowledgeForm, AlertForm, HandOverForm
from poems_site.pages.alerts.presenters import cards_of, figures_of
from poems_site.pages.alerts.todo import radiations_of, todo_of
from poems_site.workflows import acknowledge as workflow

ENDED_SHOWN = 20
ENDED = "This alert is no longer true, so there is nothing left to do about it."
ABSENT = (
    "This alert is about something missing. It ends with the value, or when its follow-up is closed "
    "with a reason."
)
STALE = (
    "This alert changed after you opened the page; it now reads: {} Nothing was saved. "
    "Save again if it still holds."
)


@require_GET
def patient_alerts(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """What asks, worst first and unfolded; what rests and what ended is folded."""
    patient = load_patient(request, patient_id)
    me, on = require_membership(request), _today(request)
    readings.read_if_marked(patient=patient, on=on, now=timezone.now())
    rows = Alert.objects.visible_to(me).of(patient).select_related("acknowledged_by", "handed_to")
    ended = rows.exclude(resolved_at=None).order_by("-resolved_at")[:ENDED_SHOWN]
    alerts = [*rows.open(), *ended]
    planned = FollowUp.objects.visible_to(me).of(patient).planned().values_list("kind", flat=True)
    edition = edition_at(patient.hospital_id)
    context = {
        "cards": cards_of(
            alerts,
            _steps_of(alerts),
            frozenset(planned),
            radiations_of([patient.pk]).get(patient.pk),
            edition=edition,
            on=on,
        ),
        "edition": edition,
        "may_acknowledge": me.may(Permission.PLAN_TREATMENT) and patient.is_in_care,
        "may_hand_over": me.may(Permission.MANAGE_FOLLOW_UPS) and patient.is_in_care,
    }
    patient.summary.refresh_from_db()
    return render(request, "alerts/patient.html", _frame(patient) | context)


@require_http_methods(["GET", "POST"])
def acknowledge(request: MemberRequest, patient_id: UUID, alert_id: UUID) -> HttpResponse:
    """Why it may rest, until when, and what is done meanwhile: all in one form."""
    patient, alert = _load(request, patient_id, alert_id)
    if alert.absence:
        messages.warning(request, ABSENT)
        return redirect("alerts:patient", patient.pk)
    form = AcknowledgeForm(request.POST or None, alert=alert, on=_today(request))
    if request.method == "POST" and form.is_valid():
        saved = _saved(form, lambda: workflow.acknowledge(decision=form.decision, **_change(request, form)))
        if saved is not None:
            return _after(request, patient, saved)
    return _show_form(request, patient, form, "alerts/acknowledge.html")


@require_http_methods(["GET", "POST"])
def hand_over(request: MemberRequest, patient_id: UUID, alert_id: UUID) -> HttpResponse:
    patient, alert = _load(request, patient_id, alert_id)
    form = HandOverForm(request.POST or None, alert=alert, member=require_membership(request))
    if request.method == "POST" and form.is_valid():
        to, note = form.colleagues[form.cleaned_data["to"]], form.cleaned_data["note"]
        saved = _saved(form, lambda: acknowledging.hand_over(to=to, note=note, **_change(request, form)))
        if saved is not None:
            messages.success(request, f"Handed over to {to.full_name}. It asks until it is acknowledged.")
            return redirect("alerts:patient", patient.pk)
    return _show_form(request, patient, form, "alerts/hand_over.html")


@require_GET
def statistics(request: MemberRequest) -> HttpResponse:
    """By rule: raised, acknowledged, overridden and why, resolved; of this hospital, without names."""
    me = require_membership(request)
    steps = AlertStep.objects.visible_to(me).values_list("rule", "happening", "reason")
    open_now = Alert.objects.visible_to(me).open().values_list("rule").annotate(Count("id"))
    figures = figures_of(steps.annotate(number=Count("id")), dict(open_now))
    return render(request, "alerts/statistics.html", {"figures": figures})


def _after(request: MemberRequest, patient: Patient, alert: Alert) -> HttpResponse:
    """On to the draft where a plan is the next step, otherwise back to the alerts."""
    alert.refresh_from_db()
    messages.success(request, "Acknowledged. It asks again with new values, or on the day you chose.")
    if alert.next_step == NextStep.PLAN and alert.next_step_id is not None:
        return redirect("treatment:step", patient.pk, alert.next_step_id, "position")
    return redirect("alerts:patient", patient.pk)


def _saved(form: AlertForm, save: Callable[[], Alert]) -> Alert | None:
    """The alert after ``save``, or None with a sentence on the form when it changed meanwhile."""
    try:
        return save()
    except AlertEndedError:
        form.add_error(None, ENDED)
    except AbsenceError:
        form.add_error(None, ABSENT)
    except StaleAlertError as stale:
        form.add_error(None, STALE.format(stale.current.text))
        form.take_version(stale.current.version)
    return None


def _change(request: MemberRequest, form: AlertForm) -> dict[str, Any]:
    return {
        "alert": form.alert,
        "submission": form.cleaned_data["submission"],
        "expected_version": form.cleaned_data["version"],
        "by": require_membership(request),
        "now": timezone.now(),
    }


def _load(request: MemberRequest, patient_id: UUID, alert_id: UUID) -> tuple[Patient, Alert]:
    patient = load_patient_in_care(request, patient_id)
    alerts = Alert.objects.visible_to(require_membership(request)).of(patient)
    return patient, get_object_or_404(alerts, pk=alert_id)


def _show_form(request: MemberRequest, patient: Patient, form: AlertForm, page: str) -> HttpResponse:
    alert = form.alert
    context = {
        "form": form,
        "alert": alert,
        "title": load_edition().alert(alert.rule).title,
        "todo": todo_of(alert.rule, patient.pk, None),
    }
    return render(request, page, _frame(patient) | context, status=422 if form.errors else 200)


def _steps_of(alerts: list[Alert]) -> dict[object, list[AlertStep]]:
    found: dict[object, list[AlertStep]] = {}
    rows = AlertStep.objects.filter(alert__in=alerts).select_related("done_by", "handed_to")
    for step in rows.order_by("id"):
        found.setdefault(step.alert_id, []).append(step)
    return found


def _today(request: MemberRequest) -> date:
    return local_day(require_membership(request).hospital, timezone.now())


def _frame(patient: Patient) -> dict[str, Any]:
    return {"patient": patient, "identity": identity_strip(patient, on=timezone.localdate())}
