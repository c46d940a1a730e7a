"""What the house does when Django and django-allauth report that somebody signed in or changed a factor.

Their signals are the only word they give of it; ``AccountsConfig.ready`` loads this file.
"""

from typing import Any

from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.actions import sessions
from accounts.models import User


@receiver([authenticator_added, authenticator_removed, authenticator_reset])
def end_other_sessions(sender: type, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A changed factor ends every other session: whoever sits in one has not proved the new factor."""
    sessions.end_others(user=user, keep=request.session.session_key)
