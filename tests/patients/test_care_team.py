"""Who looks after a patient: one person in a role at a time, from the hospital, with a clinical role."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Membership
from accounts.roles import Role
from patients.actions import care_team
from patients.models import CareTeamMember, Patient
from patients.queries.care_team import candidates, patients_of, team_history, team_of, teams_of
from tests.personas import NOW, House, member, registered

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


@pytest.fixture
def bea(house: House) -> Membership:
    return member("Bea Berg", house.a, [Role.CLINICIAN])


def assigned(house: House, patient: Patient, who: Membership, role: str, **changes: object) -> CareTeamMember:
    values = {"started_on": MAY, "ended_on": None, "submission": uuid4()} | changes
    return care_team.assign(patient=patient, user=who.user, role=role, by=house.alice, now=NOW, **values)


def names_on(patient: Patient, day: date) -> list[tuple[str, str]]:
    return [(person.role, person.name) for person in team_of(patient, on=day)]


def test_the_team_is_listed_in_the_order_in_which_it_is_asked(
    house: House, patient: Patient, bea: Membership
) -> None:
    assigned(house, patient, member("Cora Conway", house.a, [Role.COORDINATOR]), "coordinator")
    assigned(house, patient, bea, "deputy")
    assigned(house, patient, house.alice, "responsible")
    assert [role for role, _ in names_on(patient, MAY)] == ["responsible", "deputy", "coordinator"]


def test_a_role_of_one_person_is_handed_over_on_the_day_before(
    house: House, patient: Patient, bea: Membership
) -> None:
    assigned(house, patient, house.alice, "responsible")
    assigned(house, patient, bea, "responsible", started_on=JUNE)
    assert names_on(patient, date(2026, 5, 31)) == [("responsible", "Alice Amann")]
    assert names_on(patient, JUNE) == [("responsible", "Bea Berg")]


def test_nobody_takes_over_from_somebody_who_begins_on_the_same_day(
    house: House, patient: Patient, bea: Membership
) -> None:
    assigned(house, patient, house.alice, "responsible")
    with pytest.raises(care_team.RoleTakenError) as refused:
        assigned(house, patient, bea, "responsible")
    assert refused.value.standing.user == house.alice.user


def test_a_refused_assignment_ends_nobody_elses(house: House, patient: Patient, bea: Membership) -> None:
    assigned(house, patient, house.alice, "responsible")
    with pytest.raises(care_team.RoleTakenError):
        assigned(house, patient, house.alice, "deputy", started_on=JUNE)
    assert names_on(patient, date(2030, 1, 1)) == [("responsible", "Alice Amann")]


@pytest.mark.parametrize("role", ["responsible", "cover", "deputy"])
def test_the_database_refuses_two_holders_of_one_role(
    house: House, patient: Patient, bea: Membership, role: str
) -> None:
    assigned(house, patient, house.alice, role)
    with pytest.raises(IntegrityError, match="team_role_is_held_by_one"), transaction.atomic():
        raw(house, patient, bea, role)


def test_there_may_be_several_coordinators(house: House, patient: Patient, bea: Membership) -> None:
    assigned(house, patient, house.alice, "coordinator")
    assigned(house, patient, bea, "coordinator")
    assert len(team_of(patient, on=MAY)) == 2


@pytest.mark.parametrize(
    ("role", "roles"),
    [
        ("responsible", [Role.HOSPITAL_ADMIN]),
        ("responsible", [Role.COORDINATOR]),
        ("deputy", [Role.AUDITOR, Role.GUIDELINE_REVIEWER]),
        ("coordinator", [Role.HOSPITAL_ADMIN]),
    ],
)
def test_who_has_no_clinical_role_is_refused_by_the_database(
    house: House, patient: Patient, role: str, roles: list[str]
) -> None:
    person = member("Dora Dorn", house.a, roles)
    with pytest.raises(care_team.NotOfThisHospitalError):
        assigned(house, patient, person, role)


def test_a_clinician_of_another_hospital_is_refused(house: House, patient: Patient) -> None:
    with pytest.raises(care_team.NotOfThisHospitalError):
        assigned(house, patient, house.carlos, "responsible")


def test_whoever_leaves_stays_readable_and_can_be_ended(
    house: House, patient: Patient, bea: Membership
) -> None:
    row = assigned(house, patient, bea, "responsible")
    Membership.objects.filter(pk=bea.pk).update(is_active=False)
    [person] = team_of(patient, on=MAY)
    assert (person.name, person.works_here) == ("Bea Berg", False)
    care_team.end(member=row, ended_on=MAY, expected_version=1, by=house.alice)
    assert names_on(patient, JUNE) == []


def test_the_first_and_the_last_day_belong_to_the_assignment(house: House, patient: Patient) -> None:
    assigned(house, patient, house.alice, "cover", ended_on=JUNE)
    on_the_team = [bool(names_on(patient, day)) for day in (date(2026, 4, 30), MAY, JUNE, date(2026, 6, 2))]
    assert on_the_team == [False, True, True, False]


def test_my_patients_are_those_on_whose_team_i_am(house: House, patient: Patient) -> None:
    other = registered(house.alice, record_number="A-1002")
    assigned(house, patient, house.alice, "deputy", ended_on=JUNE)
    assert list(patients_of(house.alice.user, on=MAY)) == [patient]
    assert list(patients_of(house.alice.user, on=date(2026, 7, 1))) == []
    assert teams_of([other], on=MAY) == {other.pk: []}


def test_many_teams_take_two_queries(
    house: House, patient: Patient, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    patients = [registered(house.alice, record_number=f"A-2{number}") for number in range(5)]
    for each in patients:
        assigned(house, each, house.alice, "responsible")
    with django_assert_num_queries(2):  # type: ignore[operator]
        teams_of([patient, *patients], on=MAY)


def test_a_double_click_assigns_once(house: House, patient: Patient) -> None:
    form = uuid4()
    first, second = (assigned(house, patient, house.alice, "responsible", submission=form) for _ in range(2))
    assert first == second
    assert len(team_history(patient)) == 1


def test_ending_all_leaves_nobody_on_the_team_from_the_next_day(
    house: House, patient: Patient, bea: Membership
) -> None:
    assigned(house, patient, house.alice, "responsible")
    assigned(house, patient, bea, "deputy")
    assert care_team.end_all(patient=patient, on=MAY, by=house.alice) == 2
    assert names_on(patient, date(2026, 5, 2)) == []


def test_only_people_with_a_clinical_role_are_offered(house: House, bea: Membership) -> None:
    assert [person.user.full_name for person in candidates(house.alice)] == ["Alice Amann", "Bea Berg"]


def raw(house: House, patient: Patient, who: Membership, role: str) -> None:
    """A row past the action, as an import or a console would write it."""
    CareTeamMember.objects.create(
        hospital=house.a,
        patient=patient,
        user=who.user,
        role=role,
        started_on=MAY,
        submission=uuid4(),
        recorded_by=house.alice.user,
        recorded_at=NOW,
    )
