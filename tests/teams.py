"""Who looks after a patient."""

from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from accounts.models import Membership
from monitoring.follow_ups.local_days import local_day
from patients.actions import care_team
from patients.models import CareTeamMember, Patient

DAYS_ON_THE_TEAM = timedelta(days=9)


def on_team(
    patient: Patient,
    who: Membership,
    role: str = "responsible",
    since: date | None = None,
    until: date | None = None,
    *,
    by: Membership | None = None,
) -> CareTeamMember:
    """``who`` on the team, for some days already unless said otherwise; the hospital must be entered."""
    now = timezone.now()
    return care_team.assign(
        patient=patient,
        user=who.user,
        role=role,
        started_on=since or local_day(who.hospital, now) - DAYS_ON_THE_TEAM,
        ended_on=until,
        submission=uuid4(),
        by=by or who,
        now=now,
    )
