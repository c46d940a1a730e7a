"""Change how a hospital works."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from accounts.models import Hospital, Membership, User
from accounts.roles import Role

REMINDER_SETTINGS = (
    "lead_clinician_id",
    "digest_hour",
    "digest_on_weekends",
    "remind_soon_days",
    "remind_overdue_days",
    "remind_deputy_days",
    "remind_lead_days",
    "alert_deputy_days",
    "alert_lead_days",
)
# What the page of the hospital itself holds.
HOUSE_SETTINGS = ("phone", "time_zone", "access", "second_factor_required", "requires_approved_content")


class StaleHospitalError(Exception):
    """Somebody changed the settings after this form was opened; ``current`` is what stands now."""

    def __init__(self, current: Hospital) -> None:
        self.current = current
        super().__init__(f"settings of hospital {current.pk}")


class NotALeadError(Exception):
    """The person is no active clinician of the hospital."""


@transaction.atomic
def set_reminders(*, values: Mapping[str, Any], seen: str, by: Membership) -> Hospital:
    """Set who leads and when people are told; ``values`` by REMINDER_SETTINGS.

    ``seen`` is the ``fingerprint`` of the settings the form was opened on. The same values twice change
    nothing. Raises StaleHospitalError and NotALeadError.
    """
    hospital = Hospital.objects.select_for_update().get(pk=by.hospital_id)
    if all(getattr(hospital, name) == values[name] for name in REMINDER_SETTINGS):
        return hospital
    if fingerprint(hospital) != seen:
        raise StaleHospitalError(hospital)
    lead = Membership.objects.visible_to(by).active().filter(user_id=values["lead_clinician_id"])
    if not lead.filter(roles__contains=[Role.CLINICIAN]).exists():
        raise NotALeadError
    for name in REMINDER_SETTINGS:
        setattr(hospital, name, values[name])
    hospital.save()
    return hospital


@transaction.atomic
def set_lead(*, lead: User, by: Membership) -> Hospital:
    """Let somebody else lead, for whoever led leaves; twice changes nothing. Raises NotALeadError."""
    hospital = Hospital.objects.select_for_update().get(pk=by.hospital_id)
    members = Membership.objects.visible_to(by).active().filter(user=lead)
    if not members.filter(roles__contains=[Role.CLINICIAN]).exists():
        raise NotALeadError
    if hospital.lead_clinician_id != lead.pk:
        hospital.lead_clinician = lead
        hospital.save(update_fields=["lead_clinician"])
    return hospital


@transaction.atomic
def set_house(*, values: Mapping[str, Any], seen: str, by: Membership) -> Hospital:
    """Set what the hospital tells and asks for, by HOUSE_SETTINGS; ``seen`` as in ``set_reminders``.

    The same values twice change nothing. Raises StaleHospitalError.
    """
    hospital = Hospital.objects.select_for_update().get(pk=by.hospital_id)
    if all(getattr(hospital, name) == values[name] for name in HOUSE_SETTINGS):
        return hospital
    if fingerprint(hospital, HOUSE_SETTINGS) != seen:
        raise StaleHospitalError(hospital)
    for name in HOUSE_SETTINGS:
        setattr(hospital, name, values[name])
    hospital.save(update_fields=HOUSE_SETTINGS)
    return hospital


def fingerprint(hospital: Hospital, names: Iterable[str] = REMINDER_SETTINGS) -> str:
    """The settings in one line, to see whether they are still those a form was opened on."""
    return "/".join(str(getattr(hospital, name)) for name in names)
