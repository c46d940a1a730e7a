"""The provider of single sign-on that the environment names; without OIDC_ISSUER no button."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from poems_site import environment as env

PROVIDER_ID = "sso"


def name() -> str:
    """What the button calls the provider; empty where there is none."""
    return env.text("OIDC_NAME", "your hospital account") if env.text("OIDC_ISSUER", "") else ""


def providers() -> dict[str, Any]:
    """django-allauth's setting. The issuer comes from here only, never from a request or the database."""
    issuer = env.text("OIDC_ISSUER", "")
    if not issuer:
        return {}
    _refuse_plain_http(issuer)
    app = {
        "provider_id": PROVIDER_ID,
        "name": name(),
        "client_id": env.text("OIDC_CLIENT_ID"),
        "secret": env.secret("OIDC_CLIENT_SECRET"),
        "settings": {"server_url": issuer.rstrip("/"), "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app]}}


def _refuse_plain_http(issuer: str) -> None:
    parts = urlsplit(issuer)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname == "localhost"):
        raise ImproperlyConfigured(
            f"OIDC_ISSUER is {issuer!r}; it must start with https:// (http:// is for localhost only)."
        )
