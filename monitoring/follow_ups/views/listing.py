"""What is due in the hospital as list and as calendar, and the follow-ups of one patient."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.middleware import MemberRequest
from accounts.permissions import Permission
from accounts.queries import require_membership
from monitoring.follow_ups import presenters, queries
from monitoring.follow_ups.events import events_of, recorded_events
from monitoring.follow_ups.month import days_shown, month_asked, month_of
from monitoring.follow_ups.stages import timing_of
from monitoring.follow_ups.views.frame import frame, today
from patients.loader import load_patient


@require_GET
def follow_up_list(request: MemberRequest) -> HttpResponse:
    """What the hospital still expects, most urgent first: mine, or everybody's with ``who=all``."""
    me = require_membership(request)
    mine = request.GET.get("who") != "all"
    items = list(queries.open_items(me, mine=mine)[: queries.LIST_SIZE])
    context = {
        "rows": presenters.by_urgency(
            presenters.rows(items, on=today(request), timing=timing_of(me.hospital))
        ),
        "mine": mine,
        "list_size": queries.LIST_SIZE,
        "may_manage": me.may(Permission.MANAGE_FOLLOW_UPS),
    }
    return render(request, "monitoring/follow_ups/list.html", context)


@require_GET
def calendar(request: MemberRequest) -> HttpResponse:
    """The month of ``month`` (as 2026-06) with what is due in it, mine or everybody's; this month else."""
    me = require_membership(request)
    on = today(request)
    mine = request.GET.get("who") != "all"
    first = month_asked(request.GET.get("month", ""), on=on)
    items = queries.due_between(me, *days_shown(first), mine=mine)
    rows = presenters.by_urgency(presenters.rows(items, on=on, timing=timing_of(me.hospital)))
    context = {
        "may_manage": me.may(Permission.MANAGE_FOLLOW_UPS),
        "month": month_of(first, rows, on=on),
        "this_month": f"{on:%Y-%m}",
        "who": "" if mine else "&who=all",
        "mine": mine,
    }
    return render(request, "monitoring/follow_ups/calendar.html", context)


@require_GET
def patient_follow_ups(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    me = require_membership(request)
    patient = load_patient(request, patient_id)
    items = queries.items_of(me, patient)
    may_manage = me.may(Permission.MANAGE_FOLLOW_UPS) and patient.is_in_care
    context = {
        "rows": presenters.rows(
            items, on=today(request), timing=timing_of(me.hospital), steps=queries.steps_of(me, patient)
        ),
        "events": presenters.events(events_of(items, recorded_events(patient))),
        "may_manage": may_manage,
    }
    return render(request, "monitoring/follow_ups/patient.html", frame(patient) | context)
