"""Reads over a patient's PET scans."""

from django.core.paginator import Page, Paginator

from monitoring.results.models import PetScan
from patients.models import Patient

SCANS_ON_A_PAGE = 20


def page_of_scans(patient: Patient, *, number: int) -> Page[PetScan]:
    """One page, newest first, those entered in error among them; a page that is not there is the last."""
    scans = PetScan.objects.of(patient).select_related("recorded_by").order_by("-scanned_on", "-id")
    return Paginator(scans, SCANS_ON_A_PAGE).get_page(number)


def scanned_at(patient: Patient) -> list[str]:
    """The institutions that this patient's scans already name."""
    rows = PetScan.objects.of(patient).exclude(laboratory="")
    return list(rows.order_by("laboratory").values_list("laboratory", flat=True).distinct())
