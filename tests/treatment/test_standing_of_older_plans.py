"""Plans signed before there were standings: the migration lets the newest of each patient hold."""

from typing import Any

from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from accounts.scope import enter_hospital
from tests.personas import House, build_house, registered, signed_in
from tests.treatment.cases import DISSEMINATED
from tests.treatment.conftest import patient_of
from tests.treatment.signed import amended, make_ready, signed
from tests.treatment.wizard_driver import Wizard
from treatment.models import Plan, PlanStanding

BEFORE_STANDINGS = "0006_patient_sheet"


def migrate(name: str) -> None:
    """As an installation does it: with the owner's login."""
    MigrationExecutor(connections["owner"]).migrate([("treatment", name)])


def newest() -> str:
    leaves = MigrationExecutor(connections["owner"]).loader.graph.leaf_nodes("treatment")
    return str(leaves[0][1])


def plans_of_two_patients(house: House) -> list[Plan]:
    """Three versions for one patient, one plan for another."""
    client = signed_in(house.alice)
    wizard = make_ready(Wizard(client, patient_of(house, DISSEMINATED)))
    found = [signed(wizard)]
    for _ in range(2):
        found.append(signed(amended(wizard, found[-1])))
    other = patient_of(house, DISSEMINATED, record_number="A-1002", given_name="Marie")
    return [*found, signed(make_ready(Wizard(client, other)))]


def standings() -> list[tuple[Any, ...]]:
    """Plan, state, what took its place, and who ended it, oldest plan first."""
    rows = PlanStanding.objects.order_by("plan__signed_at")
    return list(rows.values_list("plan", "state", "superseded_by", "ended_by", "ended_at"))


def test_the_newest_plan_of_each_patient_holds_and_the_others_lead_to_the_next(
    committing_database: str,
) -> None:
    house = build_house()
    with transaction.atomic():
        enter_hospital(house.a.pk)
        plans = plans_of_two_patients(house)
        before, superseded = standings(), list(Plan.objects.order_by("signed_at").values_list("supersedes"))
        registered(house.alice, record_number="A-1003", given_name="Nobody")  # a patient without plans
    last = newest()
    migrate(BEFORE_STANDINGS)
    assert PlanStanding._meta.db_table not in connections["owner"].introspection.table_names()
    migrate(last)
    with transaction.atomic():
        enter_hospital(house.a.pk)
        assert [row[1] for row in before] == ["superseded", "superseded", "current", "current"]
        assert standings() == before
        assert list(Plan.objects.order_by("signed_at").values_list("supersedes")) == superseded
        assert [plan.pk for plan in Plan.objects.order_by("signed_at")] == [plan.pk for plan in plans]
        assert all(row.recorded_at <= timezone.now() for row in PlanStanding.objects.all())
