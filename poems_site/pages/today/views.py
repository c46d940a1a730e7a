"""Today: the worklist every clinical day begins with."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.middleware import MemberRequest
from accounts.permissions import Permission
from accounts.queries import require_membership
from accounts.trail.requests import note_list
from monitoring.follow_ups.local_days import local_day
from patients.models import Patient
from poems_site.pages.today.own import own_of
from poems_site.pages.today.presenters import waiting_rows
from poems_site.pages.today.queries import Whose, page_of, waiting


@require_GET
def today(request: MemberRequest) -> HttpResponse:
    """Who waits: mine, whom I stand in for, or the whole hospital's."""
    me = require_membership(request)
    on = local_day(me.hospital, timezone.now())
    whose = _whose(request.GET.get("who", ""))
    page = page_of(waiting(me, whose, on=on), after=_patient(request.GET.get("after", "")))
    own_url = reverse("today")
    own = own_of(me) if whose == Whose.MINE and not request.GET.get("after") else None
    note_list(request, shown=len(page.rows) + (len(own.tasks) if own else 0))
    context = {
        "rows": waiting_rows(page.rows, on=on),
        "whose": whose,
        "filters": [
            (own_url, "Mine", Whose.MINE),
            (f"{own_url}?who={Whose.DEPUTY}", "As deputy", Whose.DEPUTY),
            (f"{own_url}?who={Whose.HOSPITAL}", "Whole hospital", Whose.HOSPITAL),
        ],
        "first_url": f"{own_url}?who={whose}" if request.GET.get("after") else "",
        "next_url": f"{own_url}?who={whose}&after={page.after}" if page.after else "",
        "has_patients": bool(page.rows) or Patient.objects.visible_to(me).exists(),
        "own": own,
        "may_plan": me.may(Permission.PLAN_TREATMENT),
        "on": on,
    }
    return render(request, "today/list.html", context)


def _whose(text: str) -> Whose:
    return Whose(text) if text in set(Whose) else Whose.MINE


def _patient(text: str) -> UUID | None:
    """The patient a page begins after; none for text that is no id."""
    try:
        return UUID(text)
    except ValueError:
        return None
