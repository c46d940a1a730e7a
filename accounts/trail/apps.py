"""The trail as an app; its ears open once the models are there."""

from importlib import import_module

from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "accounts.trail"
    label = "trail"

    def ready(self) -> None:
        import_module("accounts.trail.receivers")
