"""What the frame around every page shows: where one can go, and in which hospital one is."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import Membership
from accounts.permissions import Permission
from poems_site.decision_support import is_open


@dataclass(frozen=True)
class Destination:
    label: str
    view: str
    icon: str
    permission: Permission


DESTINATIONS = (
    Destination("Today", "today", "today", Permission.VIEW_PATIENTS),
    Destination("Patients", "patients:list", "patients", Permission.VIEW_PATIENTS),
    Destination("Follow-ups", "follow_ups:list", "follow-up", Permission.VIEW_PATIENTS),
    Destination("Confirmations", "confirmations:list", "plan", Permission.PLAN_TREATMENT),
    Destination("Drafts", "drafts:list", "plan", Permission.PLAN_TREATMENT),
    Destination("Tumour board", "board:list", "note", Permission.VIEW_PATIENTS),
    Destination("Imports", "imports:list", "import", Permission.EDIT_PATIENTS),
    Destination("People", "accounts:user_list", "people", Permission.MANAGE_USERS),
    Destination("Reminders", "reminders:log", "mail", Permission.MANAGE_USERS),
    Destination("Log", "log:page", "history", Permission.VIEW_HOSPITAL_LOG),
    # Last: for everybody there is something nearer to the day, but for a reviewer.
    Destination("Guideline", "approval:list", "guideline", Permission.VIEW_GUIDELINE),
)


# The parts of one patient's record. They belong to several apps, so the list stands above them all.
PATIENT_TABS = (
    Destination("Overview", "patients:overview", "", Permission.VIEW_PATIENTS),
    Destination("Alerts", "alerts:patient", "", Permission.VIEW_PATIENTS),
    Destination("Timeline", "course:timeline", "", Permission.VIEW_PATIENTS),
    Destination("Results", "results:list", "", Permission.VIEW_PATIENTS),
    Destination("Diagnosis & extent", "patients:assessments", "", Permission.VIEW_PATIENTS),
    Destination("Treatments given", "patients:treatments", "", Permission.VIEW_PATIENTS),
    Destination("Events & notes", "patients:events", "", Permission.VIEW_PATIENTS),
    Destination("Treatment plan", "treatment:plans", "", Permission.VIEW_PATIENTS),
    Destination("Follow-up", "follow_ups:patient", "", Permission.VIEW_PATIENTS),
    Destination("Care", "care:page", "", Permission.VIEW_PATIENTS),
    Destination("History", "record_history:changes", "", Permission.VIEW_PATIENTS),
)


@dataclass(frozen=True)
class NavigationItem:
    label: str
    url: str
    icon: str
    current: bool


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context for base.html: navigation by role, the current hospital, and the hospitals to switch to."""
    membership = getattr(request, "membership", None)
    frame = {
        "intended_use_url": reverse("help"),
        "hospital_switch_url": reverse("accounts:switch_hospital"),
        "cds_enabled": settings.CDS_ENABLED,
        "idle_seconds": settings.SESSION_IDLE_MINUTES * 60,
        "single_sign_on": settings.SINGLE_SIGN_ON,
    }
    if membership is None:
        return frame
    return frame | {
        "tabs": patient_tabs(request, membership),
        "nav": [
            NavigationItem(
                label=place.label,
                url=reverse(place.view),
                icon=place.icon,
                current=request.path.startswith(reverse(place.view)),
            )
            for place in DESTINATIONS
            if membership.may(place.permission) and is_open(place.view)
        ],
        "current_hospital": membership.hospital,
        "hospitals": [other.hospital for other in getattr(request, "memberships", [])],
    }


def patient_tabs(request: HttpRequest, membership: Membership) -> list[NavigationItem]:
    """The tabs of the patient whose page this is; none on other pages.

    Current is the tab with the longest address that the page's own begins with: the page for one new result
    belongs to Results, and what belongs to no other part belongs to Overview.
    """
    match = request.resolver_match
    if match is None or "patient_id" not in match.kwargs:
        return []
    places = [
        (tab, reverse(tab.view, args=[match.kwargs["patient_id"]]))
        for tab in PATIENT_TABS
        if membership.may(tab.permission) and is_open(tab.view)
    ]
    current = max((url for _, url in places if request.path.startswith(url)), key=len, default="")
    return [
        NavigationItem(label=tab.label, url=url, icon=tab.icon, current=url == current) for tab, url in places
    ]
