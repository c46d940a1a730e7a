"""What the frame around every page shows: where one can go, and in which hospital one is."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.permissions import Permission


@dataclass(frozen=True)
class Destination:
    label: str
    view: str
    icon: str
    permission: Permission


DESTINATIONS = (
    Destination("Patients", "patients:list", "patients", Permission.VIEW_PATIENTS),
    Destination("People", "accounts:user_list", "people", Permission.MANAGE_USERS),
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
    if membership is None:
        return {"nav": [], "current_hospital": None, "hospitals": []}
    return {
        "nav": [
            NavigationItem(
                label=place.label,
                url=reverse(place.view),
                icon=place.icon,
                current=request.path.startswith(reverse(place.view)),
            )
            for place in DESTINATIONS
            if membership.may(place.permission)
        ],
        "current_hospital": membership.hospital,
        "hospitals": [other.hospital for other in getattr(request, "memberships", [])],
    }
