"""What an operator should mend before somebody is missed: ``manage.py check --database default``."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning as CheckWarning

from monitoring.reminders.neutral import telling_settings

# A mail server on the same machine needs no encryption on the way to it.
_HERE = {"localhost", "127.0.0.1", "::1"}


def hospitals_have_a_lead(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """W001 for each hospital in which an item that nobody answers has no last person to go to."""
    if "default" not in (kwargs.get("databases") or ()):
        return []
    hospitals = apps.get_model("accounts", "Hospital").objects
    return [
        CheckWarning(
            f"Hospital {hospital.pk} has no lead clinician, who is required.",
            hint="Its admin names one on the page Reminders; until then the admins are told of such items.",
            id="reminders.W001",
        )
        for hospital in hospitals.filter(lead_clinician=None).order_by("pk")
    ]


def mails_tell_nothing(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E001 for a setting that would write a telling word into every mail."""
    return [
        Error(
            f"{name} says {', '.join(sorted(words))}, and every mail would show it.",
            hint="Choose neutral words: a mail must not tell what its recipient works on.",
            id="reminders.E001",
        )
        for name, words in telling_settings()
    ]


def mail_server_is_safe(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E002 for two kinds of encryption at once, E003 for a password and W002 for mails in the clear."""
    found: list[CheckMessage] = []
    tls, ssl = settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL
    if tls and ssl:
        hint = "Port 587 wants EMAIL_USE_TLS, port 465 EMAIL_USE_SSL; set one."
        found.append(
            Error("EMAIL_USE_TLS and EMAIL_USE_SSL exclude each other.", hint=hint, id="reminders.E002")
        )
    if settings.EMAIL_HOST in _HERE or tls or ssl:
        return found
    if settings.EMAIL_HOST_USER:
        hint = "Set EMAIL_USE_TLS=true (port 587) or EMAIL_USE_SSL=true (port 465)."
        found.append(
            Error(
                "The password for the mail server would travel in the clear.", hint=hint, id="reminders.E003"
            )
        )
    else:
        hint = "Set EMAIL_USE_TLS=true where the mail server can; addresses of staff are in every mail."
        found.append(
            CheckWarning("Mails travel to the mail server in the clear.", hint=hint, id="reminders.W002")
        )
    return found
