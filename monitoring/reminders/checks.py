"""What an operator should mend before somebody is missed: ``manage.py check --database default``."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Warning as CheckWarning


def hospitals_have_a_lead(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """W001 for each hospital in which an item that nobody answers has no last person to go to."""
    if "default" not in (kwargs.get("databases") or ()):
        return []
    hospitals = apps.get_model("accounts", "Hospital").objects
    return [
        CheckWarning(
            f"Hospital {hospital.pk} has no lead clinician.",
            hint="Its admin names one on the page Reminders; until then the admins are told of such items.",
            id="reminders.W001",
        )
        for hospital in hospitals.filter(lead_clinician=None).order_by("pk")
    ]
