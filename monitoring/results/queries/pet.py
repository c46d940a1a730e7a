"""Reads over a patient's PET scans."""

from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, Q, Value, When, Window
from django.db.models.functions import Lag

from monitoring.results.models import PetScan
from patients.models import Patient

SCANS_ON_A_PAGE = 20


# No avid lesion is a sum of nothing.
TOTAL = Case(When(avid_lesions=0, then=Value(Decimal(0))), default=F("sum_suv_max"))
STANDS = Case(When(Q(entered_in_error_at=None), then=1), default=0)


def page_of_scans(patient: Patient, *, number: int) -> Page[Any]:
    """One page, newest first, those entered in error among them; a page that is not there is the last.

    Each with its ``total`` and ``earlier_total`` and ``earlier_on`` of the scan before that has one, stands
    and is of the same tracer.
    """
    scans = PetScan.objects.of(patient).select_related("recorded_by").annotate(total=TOTAL)
    before = {"earlier_total": "total", "earlier_on": "scanned_on"}
    rows = scans.annotate(**{name: _before(field) for name, field in before.items()})
    return Paginator(rows.order_by("-scanned_on", "-id"), SCANS_ON_A_PAGE).get_page(number)


def _before(field: str) -> Window:
    known = Case(When(total=None, then=0), default=1)
    order = [F("scanned_on").asc(), F("id").asc()]
    return Window(Lag(field), partition_by=[F("tracer"), STANDS, known], order_by=order)


def scanned_at(patient: Patient) -> list[str]:
    """The institutions that this patient's scans already name."""
    rows = PetScan.objects.of(patient).exclude(laboratory="")
    return list(rows.order_by("laboratory").values_list("laboratory", flat=True).distinct())
