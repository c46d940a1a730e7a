"""What the provider's identity tokens say beyond the library's: when somebody proved themselves, and how."""

import time
from typing import Any

from allauth.account.signals import authentication_step_completed
from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from django.conf import settings
from django.dispatch import receiver

_proved_at: dict[str, int] = {}


@receiver(authentication_step_completed)
def note_proof(sender: type, user: Any, **kwargs: Any) -> None:
    _proved_at[str(user.pk)] = int(time.time())


class Adapter(DefaultOIDCAdapter):
    def populate_id_token(self, id_token: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        if id_token["sub"] in _proved_at:
            id_token["auth_time"] = _proved_at[id_token["sub"]]
        if settings.AMR:
            id_token["amr"] = settings.AMR
