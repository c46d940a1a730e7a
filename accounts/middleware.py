"""The two walls every request passes: one transaction bound to a hospital, and the policy page."""

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

import pghistory
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from accounts import proof, second_factor
from accounts.limits import SHUT
from accounts.models import Membership
from accounts.permissions import POLICY, Door, Permission
from accounts.queries import current_membership
from accounts.scope import enter_hospital
from accounts.trail.context import log_request, logged_with
from accounts.trail.requests import trail_of, write_request

# Only these permissions open patient rows in the database; an admin's request sees an empty hospital.
OPENS_PATIENT_ROWS = (Permission.VIEW_PATIENTS, Permission.VIEW_ACCESS_LOG)

# Where the library asks for a fresh proof, except of a person who has neither password nor factor here.
CHANGES_FACTORS = {
    "account_change_password",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
}

GetResponse = Callable[[HttpRequest], HttpResponse]


class MemberRequest(HttpRequest):
    """A request after the walls: ``membership`` is the signed-in person's place in the current hospital."""

    membership: Membership | None
    memberships: list[Membership]
    # The emergency access under which the page of a patient is open (patients.loader), if it is.
    emergency: Any


class HospitalScopeMiddleware:
    """Wrap each request in one transaction that knows its hospital and its person.

    A view that raises, and any 5xx answer, rolls the transaction back: nothing is half-saved. What the
    request did is written into the trail, with the change or, if that was rolled back, without it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: MemberRequest) -> HttpResponse:
        with transaction.atomic():
            request.membership = current_membership(request)
            member = request.membership
            opens_rows = member is not None and any(
                member.may(permission) for permission in OPENS_PATIENT_ROWS
            )
            enter_hospital(member.hospital_id if member is not None and opens_rows else None)
            actor = str(request.user.pk) if request.user.is_authenticated else ""
            known = {"actor": actor, "request": str(trail_of(request).request_id)}
            with pghistory.context(**known), logged_with(**known), timezone.override(_zone_of(member)):
                began = time.perf_counter()
                response = self.get_response(request)
                log_request(request, response, seconds=time.perf_counter() - began)
            failed = _has_failed(request, response)
            if failed:
                transaction.set_rollback(True)
            else:
                write_request(request, response, failed=False, now=timezone.now())
        if failed:
            with transaction.atomic():
                write_request(request, response, failed=True, now=timezone.now())
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Remember that the view raised; a refusal (403, 404) is an answer, and its audit row stays."""
        if not isinstance(exception, Http404 | PermissionDenied):
            request.view_failed = True  # type: ignore[attr-defined] # read above, set nowhere else


def _has_failed(request: HttpRequest, response: HttpResponse) -> bool:
    broke = response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
    return broke or bool(getattr(request, "view_failed", False))


def _zone_of(member: Membership | None) -> ZoneInfo:
    """Days and hours on screen are the hospital's."""
    return ZoneInfo(member.hospital.time_zone if member else "UTC")


class PolicyMiddleware:
    """Refuse every address that accounts/permissions.py does not allow to this person."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match is None or POLICY.get(match.view_name) is not Door.PUBLIC:
            # A ward computer's cache must not keep what a signed-out neighbour can page back to.
            add_never_cache_headers(response)
        return response

    def process_view(
        self, request: MemberRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Return None to let the request pass, a redirect to sign in or enrol, or raise PermissionDenied."""
        match = request.resolver_match
        name = match.view_name if match else ""
        rule = POLICY.get(name)
        if rule is None:
            raise PermissionDenied
        if rule is Door.PUBLIC:
            return None
        if not request.user.is_authenticated:
            by_script = bool(request.headers.get("HX-Request"))
            return HttpResponse(status=SHUT) if by_script else redirect_to_login(request.get_full_path())
        if rule is Door.SIGNED_IN:
            return self._prove_first(request) if name in CHANGES_FACTORS else None
        if request.membership is None or not request.membership.may(Permission(rule)):
            raise PermissionDenied
        if second_factor.is_missing(request, request.memberships):
            messages.info(request, "Set up a second factor first: it protects the records of patients.")
            return redirect("mfa_activate_totp")
        return None

    def _prove_first(self, request: HttpRequest) -> HttpResponse | None:
        """Somebody known by single sign-on alone is asked there before a factor is set up in their name."""
        if not proof.is_owed(request, now=timezone.now()):
            return None
        return redirect_to_login(request.get_full_path(), reverse("account_reauthenticate"))
