"""The trail's ears: what Django and allauth say at the door, and what Celery ran.

Receivers of framework signals belong into apps.py; these need models, which are not there yet when that file
is read, so apps.py loads this one.
"""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.signals import password_changed, password_reset, password_set, user_logged_in
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from celery.signals import task_postrun, task_prerun
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from accounts.trail import jobs
from accounts.trail.context import CONTEXT
from accounts.trail.kinds import AccessKind
from accounts.trail.requests import note


@receiver(user_logged_in)
def note_signed_in(request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    _note(request, AccessKind.SIGNED_IN, user)


@receiver(user_logged_out)
def note_signed_out(request: HttpRequest | None, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        _note(request, AccessKind.SIGNED_OUT, user)


@receiver(user_login_failed)
def note_failed(credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Whose account it was tried with, if there is such an account; what was typed is not kept."""
    email = str(credentials.get("email") or credentials.get("username") or "")
    _note(request, AccessKind.SIGN_IN_FAILED, User.objects.filter(email__iexact=email).first())


@receiver(
    [
        *(password_changed, password_reset, password_set),
        *(authenticator_added, authenticator_removed, authenticator_reset),
    ]
)
def note_credentials(request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    _note(request, AccessKind.CREDENTIALS, user)


@task_prerun.connect
def log_with_task(task: Any, task_id: str, **kwargs: Any) -> None:
    CONTEXT.set({"task": str(task.name), "task_id": task_id})


@task_postrun.connect
def note_task(task: Any, args: Any, retval: Any, state: str | None, **kwargs: Any) -> None:
    name, done = str(task.name), str(state)
    jobs.note_task(name=name, args=tuple(args or ()), outcome=retval, state=done, now=timezone.now())
    CONTEXT.set({})


def _note(request: HttpRequest | None, kind: AccessKind, user: User | None) -> None:
    """Without a real request (a test signs somebody in by force) there is no trail to write."""
    if request is not None and request.META.get("REMOTE_ADDR"):
        note(request, kind, user=user, from_ip=get_adapter(request).get_client_ip(request))
