"""What happens when a browser comes back from the provider of single sign-on."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone

from accounts import kept, single_sign_on
from accounts.proof import PROVIDER_PROVED

STRANGER = (
    "The provider knows you, this house does not: your hospital's admin invites you first, to the address "
    "that the provider has proved."
)
NOT_PROVED = "The provider did not confirm, just now, that it is you. Nothing was signed or changed."
TROUBLE = "The provider could not be asked, or you cancelled there. Nothing has changed; try again."


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody is ever made by signing in."""
        return False

    def list_apps(self, *args: Any, **kwargs: Any) -> list[SocialApp]:
        """The provider of the environment only: a row of the database would name an address to call."""
        return [app for app in super().list_apps(*args, **kwargs) if app.pk is None]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in whom we know; take a proof given anew; let nobody attach a provider's person by hand."""
        asked_at = single_sign_on.asked_at(sociallogin)
        if asked_at is not None:
            self._take_proof(request, sociallogin, asked_at)
        elif sociallogin.state.get("process") != AuthProcess.LOGIN:
            self._turn_away(request, TROUBLE)
        elif not sociallogin.is_existing:
            person = single_sign_on.invited_person(sociallogin)
            if person is None:
                self._turn_away(request, STRANGER)
            sociallogin.connect(request, person)

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self._turn_away(request, TROUBLE)

    def _take_proof(self, request: HttpRequest, sociallogin: SocialLogin, asked_at: float) -> None:
        """Note that the provider has just proved the signed-in person; a form that waits can then be sent."""
        is_same = request.user.is_authenticated and sociallogin.user == request.user
        if not is_same or not single_sign_on.is_fresh(
            single_sign_on.claims_of(sociallogin), asked_at=asked_at
        ):
            self._turn_away(request, NOT_PROVED)
        request.session[PROVIDER_PROVED] = timezone.now().timestamp()
        record_authentication(
            request,
            request.user,
            "socialaccount",
            provider=sociallogin.account.provider,
            uid=sociallogin.account.uid,
            reauthenticated=True,
        )

    def _turn_away(self, request: HttpRequest, sentence: str) -> None:
        messages.error(request, sentence)
        then = "home" if request.user.is_authenticated else "account_login"
        raise ImmediateHttpResponse(redirect("me:kept" if kept.waiting(request) else then))
