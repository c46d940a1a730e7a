"""The accounts app and the checks that guard its policy page."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.permissions import POLICY
from accounts.refused import REFUSED


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        register(every_address_has_a_policy)
        # Not imported above: it needs the models, which are not there yet when this module is read.
        import_module("accounts.received")


def every_address_has_a_policy(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Each address of the URLconf has a rule in accounts/permissions.py, or is refused to everybody."""
    return [
        Error(
            f"The address {name!r} has no rule.",
            hint="Add it to POLICY in accounts/permissions.py, or to REFUSED in accounts/refused.py.",
            id="accounts.E001",
        )
        for name in view_names(get_resolver())
        if name not in POLICY and name not in REFUSED
    ]


def view_names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """Every view name of the URLconf, with its namespace; an unnamed pattern gives its route."""
    namespace = f"{prefix}{resolver.namespace}:" if resolver.namespace else prefix
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from view_names(pattern, namespace)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name or pattern.pattern}"
