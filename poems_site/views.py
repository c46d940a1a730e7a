"""The front door, the health page and the pages that say why not."""

import logging
from http import HTTPStatus

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET
from redis.exceptions import RedisError

from accounts.middleware import MemberRequest
from patients.closed import RecordClosedError
from patients.presenters import identity_strip
from poems_site.decision_support import SwitchedOffError
from poems_site.navigation import DESTINATIONS

logger = logging.getLogger(__name__)


@require_GET
def home(request: MemberRequest) -> HttpResponse:
    """Send each role to where its day begins."""
    if request.membership is not None:
        for place in DESTINATIONS:
            if request.membership.may(place.permission):
                return redirect(place.view)
    return render(request, "pages/nothing_here.html")


@require_GET
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while database and Redis answer, otherwise 503; says which, and nothing else."""
    parts = {"database": _database_answers(), "redis": _redis_answers()}
    return JsonResponse(
        {name: "ok" if works else "down" for name, works in parts.items()},
        status=200 if all(parts.values()) else 503,
    )


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _redis_answers() -> bool:
    try:
        cache.set("healthz", 1, timeout=10)
    except RedisError as error:
        logger.warning("redis does not answer: %s", type(error).__name__)
        return False
    return True


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RecordClosedError):
        return _closed(request, exception)
    return render(request, "403.html", status=403)


def _closed(request: HttpRequest, closed: RecordClosedError) -> HttpResponse:
    """The record does not take this change: say why, and lead to where it could be made."""
    survivor = closed.patient.merged_into_id
    context = {
        "identity": identity_strip(closed.patient, on=timezone.localdate()),
        "sentence": closed.sentence,
        "back_url": reverse("patients:overview", args=[survivor or closed.patient.pk]),
        "back_label": "To the record that is kept" if survivor else "To the overview",
    }
    return render(request, "care/closed.html", context, status=HTTPStatus.CONFLICT)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, SwitchedOffError):
        return render(request, "pages/switched_off.html", status=404)
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
