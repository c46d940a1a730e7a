"""How the machinery of reminders does: a page for admins, an answer for machines."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.middleware import MemberRequest
from accounts.queries import require_membership
from accounts.scope import hospital_scope
from monitoring.reminders import health, queries
from monitoring.reminders.status_lines import status_lines


@require_GET
def status(request: MemberRequest) -> HttpResponse:
    """Last sweep, beat and workers, backlog, failures, items that reach nobody; red where one is."""
    me = require_membership(request)
    now = timezone.now()
    with hospital_scope(me.hospital_id, actor=str(me.user_id)):
        backlog = queries.backlog_of(me.hospital, now=now)
    state = health.state(now=now)
    lines = status_lines(state, backlog, me.hospital)
    return render(request, "monitoring/reminders/status.html", {"lines": lines})


@require_GET
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while something looks for what is due, 503 when nothing has for REMINDER_DEAD_HOURS."""
    state = health.state(now=timezone.now())
    answer = {
        "reminders": "ok" if state.is_alive else "standing still",
        "beat": "ok" if state.beats else "silent",
    }
    return JsonResponse(answer, status=HTTPStatus.OK if state.is_alive else HTTPStatus.SERVICE_UNAVAILABLE)
