"""Change when people are told, and let what was computed from it follow."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.actions import hospitals
from accounts.models import Hospital, Membership
from accounts.scope import hospital_scope
from monitoring.follow_ups.actions import follow_ups


@transaction.atomic
def save(*, values: Mapping[str, Any], seen: str, by: Membership) -> Hospital:
    """As ``accounts.actions.hospitals.set_reminders``; patients' summaries learn anew what is overdue."""
    hospital = hospitals.set_reminders(values=values, seen=seen, by=by)
    # The admin may read no patient row; the days are counted anew as a job of the hospital's.
    with hospital_scope(hospital.pk, actor=str(by.user_id)):
        follow_ups.push_overdue_of(hospital)
    return hospital
