"""Reads over people and hospitals."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import Membership, User

SESSION_KEY = "hospital"


def memberships_of(request: HttpRequest) -> list[Membership]:
    """The active memberships of the signed-in person, by hospital name; empty when signed out."""
    if not request.user.is_authenticated:
        return []
    return list(
        Membership.objects.active()
        .of(request.user)
        .select_related("hospital", "user")
        .order_by("hospital__name")
    )


def current_membership(request: HttpRequest) -> Membership | None:
    """The membership of the hospital chosen in this session, else the first; None without any.

    The session holds only a wish: it is checked against the active memberships on every request.
    """
    request.memberships = memberships_of(request)  # type: ignore[attr-defined] # for the hospital switch
    chosen = request.session.get(SESSION_KEY)
    for membership in request.memberships:  # type: ignore[attr-defined]
        if str(membership.hospital_id) == chosen:
            return membership
    return request.memberships[0] if request.memberships else None  # type: ignore[attr-defined]


def require_membership(request: HttpRequest) -> Membership:
    """The membership the policy page has already demanded; a view behind a permission calls this first."""
    membership: Membership | None = getattr(request, "membership", None)
    if membership is None:
        raise PermissionDenied
    return membership


def require_person(request: HttpRequest) -> User:
    """The signed-in person the policy page has already demanded, with or without a hospital."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
