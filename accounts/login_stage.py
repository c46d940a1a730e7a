"""The step of signing in that asks for the second factor."""

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from accounts import single_sign_on


class SecondFactorStage(AuthenticateStage):
    """Asked for after the provider too, unless the provider vouches for one in words the operator trusts."""

    def _should_handle(self, request: HttpRequest) -> bool:
        sociallogin = (self.login.signal_kwargs or {}).get("sociallogin")
        if sociallogin is not None and single_sign_on.vouches_for_second_factor(
            single_sign_on.claims_of(sociallogin)
        ):
            request.session[single_sign_on.VOUCHED] = True
            return False
        asked: bool = super()._should_handle(request)
        return asked
