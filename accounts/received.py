"""What the house does when Django and django-allauth report that somebody signed in or changed a factor.

Their signals are the only word they give of it; ``AccountsConfig.ready`` loads this file.
"""

from typing import Any

from allauth.account.signals import authentication_step_completed
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from accounts import times
from accounts.actions import sessions
from accounts.models import User


@receiver([authenticator_added, authenticator_removed, authenticator_reset])
def end_other_sessions(sender: type, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A changed factor ends every other session: whoever sits in one has not proved the new factor."""
    sessions.end_others(user=user, keep=request.session.session_key)


@receiver(user_logged_in)
def begin_session(sender: type, request: HttpRequest, **kwargs: Any) -> None:
    times.begin(request.session, now=timezone.now().timestamp())


@receiver(authentication_step_completed)
def unlock_session(sender: type, request: HttpRequest, **kwargs: Any) -> None:
    """Somebody signed in proved anew who they are, in whatever way: what was locked opens."""
    if kwargs.get("reauthenticated"):
        times.unlock(request.session, now=timezone.now().timestamp())
