"""Who looks after a patient, in which role, from when to when."""

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from accounts.models import User
from patients.models.base import CorrectableRow
from patients.querysets import CareTeamQuerySet


class TeamRole(models.TextChoices):
    """In the order in which an item that nobody answers passes through them."""

    RESPONSIBLE = "responsible", "Responsible clinician"
    COVER = "cover", "Cover"
    DEPUTY = "deputy", "Deputy"
    COORDINATOR = "coordinator", "Coordinator"


# At any time one person at most holds each of these.
HELD_BY_ONE = (TeamRole.RESPONSIBLE, TeamRole.COVER, TeamRole.DEPUTY)

# The roles of accounts.roles that may hold a role of the team. It is asked when somebody is put on the team,
# not later: whoever left the hospital stays readable.
MAY_HOLD = """
    IF TG_OP = 'UPDATE' AND (NEW.user_id, NEW.role) = (OLD.user_id, OLD.role) THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
        WHERE m.user_id = NEW.user_id AND m.hospital_id = NEW.hospital_id AND m.is_active AND u.is_active
          AND m.roles && CASE WHEN NEW.role = 'coordinator' THEN ARRAY['clinician', 'coordinator']
                              ELSE ARRAY['clinician'] END::varchar[]
    ) THEN
        RAISE EXCEPTION 'team_member_works_here' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


def _days() -> Func:
    """From the first day to the last, both included; without a last day all days to come."""
    return Func(
        F("started_on"), F("ended_on"), Value("[]"), function="daterange", output_field=DateRangeField()
    )


@pghistory.track()
class CareTeamMember(CorrectableRow):
    """One person in one role for one patient. ``ended_on`` is the last day, null while it goes on."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=TeamRole.choices)
    started_on = models.DateField("first day")
    ended_on = models.DateField("last day", null=True)

    objects = CareTeamQuerySet.as_manager()  # type: ignore[misc] # the stubs take a narrower manager for a clash

    class Meta:
        indexes = [
            models.Index(fields=["patient", "started_on"], name="team_of_patient"),
            models.Index(fields=["user", "started_on"], name="patients_of_team_member"),
        ]
        constraints = [
            *CorrectableRow.Meta.constraints,
            models.CheckConstraint(condition=Q(role__in=TeamRole.values), name="team_role_is_known"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="team_ends_after_it_starts",
            ),
            ExclusionConstraint(
                name="team_role_is_held_by_one",
                expressions=[
                    ("patient", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (_days(), RangeOperators.OVERLAPS),
                ],
                condition=Q(entered_in_error_at=None, role__in=HELD_BY_ONE),
            ),
            ExclusionConstraint(
                name="team_member_holds_one_role",
                expressions=[
                    ("patient", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    (_days(), RangeOperators.OVERLAPS),
                ],
                condition=Q(entered_in_error_at=None),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="team_member_works_here",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("user_id", "role"),
                when=pgtrigger.Before,
                func=MAY_HOLD,
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} of patient {self.patient_id}"
