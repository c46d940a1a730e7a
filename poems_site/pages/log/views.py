"""The hospital's log, for auditors and admins.

An admin's work needs who came in, who was refused and who changed whose roles, not whose record it was. An
admin without a clinical role sees no name, no number and not which part of a record it was (that somebody
"recorded a death" is clinical), only an opaque reference that is the same for the same record. An auditor
answers the question of a patient, who looked at my record?, and so sees and asks by the record's number;
never a name, which that question does not need.
"""

import io
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.middleware import MemberRequest
from accounts.models import Membership
from accounts.permissions import Permission
from accounts.queries import require_membership
from accounts.scope import enter_log
from accounts.trail.kinds import AccessKind
from accounts.trail.models import AccessEvent, SealBatch
from accounts.trail.queries import Place, TrailPage, log_of, page_of
from accounts.trail.requests import note_list
from monitoring.results.defused import write_csv
from patients.models import Patient
from poems_site.pages.log.forms import LogForm
from poems_site.pages.log.presenters import line_of

MOST_EXPORTED = 50_000
FIELDS = ("person", "first", "last", "kind", "number")
NO_SUCH_NUMBER = "No record of this hospital has this number."
HEADERS = [
    "Time (UTC)",
    "Who",
    "What",
    "Kind",
    "Record",
    "Emergency access",
    "Page",
    "Answer",
    "Request",
    "From",
]


@require_http_methods(["GET", "POST"])
def page(request: MemberRequest) -> HttpResponse:
    """One page of the log, newest first. A question is posted, since it may hold a record's number."""
    me = require_membership(request)
    enter_log(me.hospital_id)
    form = _form(request, me)
    if request.method == "POST" and form.is_valid():
        found = _record_of(me, form.cleaned_data.get("number", ""))
        if found or not form.cleaned_data.get("number"):
            return HttpResponseRedirect(reverse("log:page") + form.address(patient=found or ""))
        form.add_error("number", NO_SUCH_NUMBER)
    shown = page_of(log_of(me), form.wanted(), after=Place.read(request.GET.get("after", "")))
    note_list(request, shown=len(shown.events))
    context = _filters(request, me, form) | _shown(me, form, shown)
    return render(request, "log/page.html", context, status=422 if form.errors else 200)


def _filters(request: MemberRequest, me: Membership, form: LogForm) -> dict[str, Any]:
    about = form.wanted().patient_ids or ()
    return {
        "fields": [form[name] for name in FIELDS if name in form.fields],
        "ticks": [form["refused"], form["emergency"]],
        "record": _records(me, [AccessEvent(patient_id=one) for one in about]),
        "is_narrowed": bool(request.GET.keys() - {"after"}),
        "newest_url": form.address() if "after" in request.GET else "",
        "export_url": reverse("log:export") + form.address(),
    }


def _shown(me: Membership, form: LogForm, shown: TrailPage) -> dict[str, Any]:
    records = _records(me, shown.events)
    return {
        "lines": [line_of(event, records, in_general_only=not _sees_numbers(me)) for event in shown.events],
        "sees_numbers": _sees_numbers(me),
        "older_url": form.address(after=shown.older) if shown.older else "",
        "head": SealBatch.objects.order_by("-number").first(),
    }


@require_POST
def export(request: MemberRequest) -> HttpResponse:
    """The rows that the filters of the address leave, as CSV; the newest MOST_EXPORTED of them."""
    me = require_membership(request)
    enter_log(me.hospital_id)
    form = LogForm(request.GET, people=_people(me), sees_numbers=_sees_numbers(me))
    if not form.is_valid():
        # The page says which filter it is; without it more would leave the house than was asked for.
        return HttpResponseRedirect(reverse("log:page") + form.address())
    found = page_of(log_of(me), form.wanted(), after=None, size=MOST_EXPORTED).events
    note_list(request, shown=len(found), kind=AccessKind.EXPORTED)
    text = io.StringIO()
    write_csv(text, [HEADERS, *_rows(me, found)])
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="log-{timezone.localdate():%Y-%m-%d}.csv"'
    return answer


def _form(request: MemberRequest, me: Membership) -> LogForm:
    data = request.POST if request.method == "POST" else request.GET
    return LogForm(data, people=_people(me), sees_numbers=_sees_numbers(me))


def _people(me: Membership) -> list[tuple[str, str]]:
    """Everybody who works or worked here; who left stays in the log, and here."""
    everybody = Membership.objects.visible_to(me).select_related("user").order_by("user__full_name")
    left = " (left)"
    return [(str(one.user_id), one.user.full_name + ("" if one.is_active else left)) for one in everybody]


def _sees_numbers(me: Membership) -> bool:
    return me.may(Permission.VIEW_ACCESS_LOG)


def _record_of(me: Membership, number: str) -> UUID | None:
    """The hospital's record with this number; None for an empty or unknown one, and for who sees none."""
    if not number or not _sees_numbers(me):
        return None
    here = Patient.objects.filter(hospital_id=me.hospital_id)
    return here.filter(record_number__iexact=number.strip()).values_list("pk", flat=True).first()


def _records(me: Membership, events: Iterable[AccessEvent]) -> dict[UUID, str]:
    """Record numbers by id; empty for whoever sees none."""
    ids = {event.patient_id for event in events if event.patient_id}
    if not ids or not _sees_numbers(me):
        return {}
    here = Patient.objects.filter(hospital_id=me.hospital_id, pk__in=ids)
    return dict(here.values_list("pk", "record_number"))


def _rows(me: Membership, events: list[AccessEvent]) -> Iterable[list[str]]:
    records, general = _records(me, events), not _sees_numbers(me)
    for event in events:
        line = line_of(event, records, in_general_only=general)
        yield [
            f"{event.at:%Y-%m-%d %H:%M:%S}",
            line.who,
            line.what,
            event.get_kind_display(),
            line.record,
            str(event.grant_id or ""),
            "" if general and event.patient_id else event.address,
            str(event.status or ""),
            line.request,
            line.from_ip,
        ]
