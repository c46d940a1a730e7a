"""What the pages of results look up alike."""

from zoneinfo import ZoneInfo

from django.shortcuts import get_object_or_404

from accounts.middleware import MemberRequest
from accounts.queries import require_membership
from monitoring.results.models import Result
from patients.models import Patient


def zone_of(request: MemberRequest) -> ZoneInfo:
    """The clock of the hospital."""
    return ZoneInfo(require_membership(request).hospital.time_zone)


def result_of(request: MemberRequest, patient: Patient, result_id: int) -> Result:
    """The patient's result in whatever state; Http404 for another's."""
    rows = Result.objects.visible_to(require_membership(request)).of(patient).select_related("recorded_by")
    found: Result = get_object_or_404(rows, pk=result_id)
    return found
