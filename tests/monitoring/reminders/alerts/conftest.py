"""A patient with people around."""

import pytest

from accounts.models import Membership
from accounts.roles import Role
from patients.models import Patient
from patients.models.care_team import TeamRole
from tests.monitoring.reminders.builders import (
    inside,
    lead,
)
from tests.personas import NOW, House, member, registered
from tests.teams import on_team


@pytest.fixture
def people(house: House) -> dict[str, Membership]:
    """The deputy, the coordinator and the lead beside Alice."""
    found = {
        "deputy": member("Dora Dahl", house.a, [Role.CLINICIAN]),
        "coordinator": member("Cora Cohn", house.a, [Role.COORDINATOR]),
        "lead": member("Leo Lang", house.a, [Role.CLINICIAN]),
    }
    lead(house.a, found["lead"])
    return found


@pytest.fixture
def patient(house: House, people: dict[str, Membership]) -> Patient:
    """Of Alice, with a deputy and a coordinator."""
    with inside(house.a):
        found = registered(house.alice)
    for person, role in (
        (house.alice, TeamRole.RESPONSIBLE),
        (people["deputy"], TeamRole.DEPUTY),
        (people["coordinator"], TeamRole.COORDINATOR),
    ):
        with inside(house.a):
            on_team(found, person, role, NOW.date(), by=house.alice)
    return found
