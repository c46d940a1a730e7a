"""The hospital's patients: searched, filtered, in five orders, page by page."""

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.middleware import MemberRequest
from accounts.permissions import Permission
from accounts.queries import require_membership
from accounts.trail.requests import note_list
from patients.forms.listing import ListForm
from patients.models import Patient, Transfer
from patients.queries.listing import PAGE_SIZE, best_matches, page_of, wanted_patients
from patients.querysets import sees_every_patient

COLUMNS = (
    ("name", "Name"),
    ("born", "Born"),
    ("", "Sex"),
    ("number", "Record number"),
    ("", "Extent"),
    ("line", "Line"),
    ("alert", "Alert"),
    ("", "Follow-up"),
    ("registered", "Registered"),
)


@dataclass(frozen=True)
class Column:
    """A heading of the list; without ``url`` it does not sort."""

    label: str
    url: str = ""
    direction: str = ""


@require_http_methods(["GET", "POST"])
def patient_list(request: MemberRequest) -> HttpResponse:
    """Who is asked for, by the form. A search is posted: a name in an address would stay in the history of a
    shared computer; a form without one leads to the address that says the same.
    """
    me = require_membership(request)
    form = ListForm.of(request.POST, request.GET)
    form.read()
    by_htmx = bool(request.headers.get("HX-Request"))
    if request.method == "POST" and not form.text and not by_htmx and not form.errors:
        return HttpResponseRedirect(reverse("patients:list") + form.address())
    today = timezone.localdate()
    patients = wanted_patients(me, form.wanted, on=today)
    page = best_matches(patients, form.text) if form.text else page_of(patients, me, form.order, form.place)
    note_list(request, shown=len(page.patients), searched=bool(form.text))
    context = {
        "form": form,
        "page": page,
        "filters": [form[name] for name in ("care", "extent", "line", "alert")],
        "ticks": [form[name] for name in ("overdue", "mine")],
        "has_closed": not page.patients and not form.narrows and Patient.objects.visible_to(me).exists(),
        "columns": _columns(form),
        "previous_url": form.address(before=page.before) if page.before else "",
        "next_url": form.address(after=page.after) if page.after else "",
        "is_full": len(page.patients) == PAGE_SIZE,
        "today": today,
        "may_break_glass": me.may(Permission.BREAK_GLASS) and not sees_every_patient(me),
        "may_register": me.may(Permission.EDIT_PATIENTS),
        "offer_waits": me.may(Permission.TRANSFER_PATIENTS)
        and Transfer.objects.to_hospital_of(me).open().exists(),
    }
    response = render(request, "patients/list.html#results" if by_htmx else "patients/list.html", context)
    if by_htmx:
        response["HX-Replace-Url"] = reverse("patients:list") + form.address()
    return response


def _columns(form: ListForm) -> list[Column]:
    """Headings; in the answer to a search none sorts, for the best match stands first."""
    return [
        _column(form, order, label) if order and not form.text else Column(label) for order, label in COLUMNS
    ]


def _column(form: ListForm, order: str, label: str) -> Column:
    direction = {order: "ascending", f"-{order}": "descending"}.get(form.order, "")
    return Column(label, form.address(sort=f"-{order}" if direction == "ascending" else order), direction)
