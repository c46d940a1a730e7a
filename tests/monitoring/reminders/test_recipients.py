"""Who is told about an item: the line of people behind it, and the admins where that line ends."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.checks import run_checks
from django.db import IntegrityError, transaction
from hypothesis import given, strategies as st

from accounts.models import Hospital, Membership
from accounts.roles import Role
from monitoring.follow_ups.models import FollowUp
from monitoring.follow_ups.stages import Stage
from monitoring.reminders import queries
from monitoring.reminders.matters import matter_of
from monitoring.reminders.recipients import Away, Recipients
from patients.actions import care_team
from patients.models import Patient
from patients.models.care_team import TeamRole
from supervisor.mail_store import MailStore
from tests.monitoring.follow_ups.builders import planned
from tests.monitoring.reminders.builders import (
    DUE_MORNING,
    deactivate,
    inside,
    lead,
    lines_in,
    sweep_and_send,
)
from tests.personas import NOW, House, member, registered

OWN, RESPONSIBLE, COVER, DEPUTY, NURSE, NURSE_2, LEAD, ADMIN = LINE = [UUID(int=n) for n in range(1, 9)]
PATIENT = uuid4()
TEAM = {
    TeamRole.RESPONSIBLE: [RESPONSIBLE],
    TeamRole.COVER: [COVER],
    TeamRole.DEPUTY: [DEPUTY],
    TeamRole.COORDINATOR: [NURSE, NURSE_2],
}
OVERDUE, DEPUTYS = (Stage.OVERDUE,), (Stage.OVERDUE, Stage.DEPUTY)
LEADS = (*DEPUTYS, Stage.LEAD)
ONE_DAY = timedelta(days=1)


def told(
    stages: tuple[Stage, ...], *, gone: list[UUID] | None = None, lead: UUID | None = LEAD
) -> dict[UUID, Stage]:
    """By person the stage they are told, where everybody but ``gone`` may act and the team is whole."""
    able = frozenset(LINE) - {ADMIN} - set(gone or [])
    recipients = Recipients(able=able, admins=(ADMIN,), lead=lead, teams={PATIENT: TEAM})
    matter = matter_of(FollowUp(patient_id=PATIENT, responsible_id=OWN), stages)
    return {person: stage for stage, person in recipients.of(matter, on=DUE_MORNING.date()).people}


@pytest.mark.parametrize("stage", [Stage.SOON, Stage.DUE, Stage.OVERDUE])
@pytest.mark.parametrize(
    ("gone", "people"),
    [
        (LINE[:0], [OWN]),
        (LINE[:1], [RESPONSIBLE]),
        (LINE[:2], [COVER]),
        (LINE[:3], [DEPUTY]),
        (LINE[:4], [NURSE, NURSE_2]),
        (LINE[:5], [NURSE_2]),
        (LINE[:6], [LEAD]),
    ],
)
def test_the_next_in_line_stands_in(stage: Stage, gone: list[UUID], people: list[UUID]) -> None:
    assert told((stage,), gone=gone) == dict.fromkeys(people, stage)


def test_where_the_line_ends_the_admins_are_told() -> None:
    assert told(OVERDUE, gone=LINE[:7]) == {ADMIN: Stage.NOBODY}


@given(
    able=st.frozensets(st.sampled_from(LINE[:7])),
    away=st.dictionaries(st.sampled_from(LINE[:7]), st.sampled_from(LINE[:7])),
    roles=st.sets(st.sampled_from(sorted(TEAM))),
    lead=st.sampled_from([None, LEAD]),
    stages=st.sampled_from([(stage,) for stage in Stage] + [DEPUTYS, LEADS]),
)
def test_somebody_is_always_told_and_only_who_may_act(
    able: frozenset[UUID],
    away: dict[UUID, UUID],
    roles: set[str],
    lead: UUID | None,
    stages: tuple[Stage, ...],
) -> None:
    on = DUE_MORNING.date()
    recipients = Recipients(
        able=able,
        admins=(ADMIN,),
        lead=lead,
        teams={PATIENT: {role: TEAM[role] for role in roles}},
        away={person: Away(on, on, cover) for person, cover in away.items()},
    )
    told = recipients.of(matter_of(FollowUp(patient_id=PATIENT, responsible_id=OWN), stages), on=on)
    assert told.people
    assert {person for _, person in told.people} <= able | {ADMIN}
    assert told.unreached == (ADMIN in {person for _, person in told.people})
    assert not {person for _, person in told.people} & away.keys()


def test_the_deputy_is_told_and_whoever_missed_the_earlier_stage_as_well() -> None:
    assert told(DEPUTYS) == {OWN: Stage.OVERDUE, DEPUTY: Stage.DEPUTY}


def test_the_deputys_stage_never_goes_back_up_the_line() -> None:
    assert told(DEPUTYS, gone=[DEPUTY]) == {
        OWN: Stage.OVERDUE,
        NURSE: Stage.DEPUTY,
        NURSE_2: Stage.DEPUTY,
    }


def test_a_deputy_who_stood_in_already_passes_it_on() -> None:
    assert told(DEPUTYS, gone=LINE[:3]) == {
        DEPUTY: Stage.OVERDUE,
        NURSE: Stage.DEPUTY,
        NURSE_2: Stage.DEPUTY,
    }


def test_the_lead_is_told_last() -> None:
    assert told(LEADS) == {OWN: Stage.OVERDUE, DEPUTY: Stage.DEPUTY, LEAD: Stage.LEAD}


def test_a_lead_who_is_alone_is_told_again() -> None:
    assert told(LEADS, gone=LINE[:6]) == {LEAD: Stage.LEAD}


def test_without_a_lead_the_admins_are_told_beside_the_others() -> None:
    assert told(LEADS, lead=None) == {OWN: Stage.OVERDUE, DEPUTY: Stage.DEPUTY, ADMIN: Stage.NOBODY}


def test_a_cover_counts_on_the_days_of_their_cover(house: House, mailbox: MailStore) -> None:
    cover, item = member("Cora Cohn", house.a, [Role.CLINICIAN]), planned(house.alice)
    on_team(house, item.patient, cover, TeamRole.COVER, (DUE_MORNING.date(), DUE_MORNING.date()))
    lead(house.a, member("Leo Lang", house.a, [Role.CLINICIAN]))
    deactivate(house.alice)
    sweep_and_send()
    sweep_and_send(DUE_MORNING + ONE_DAY)
    assert lines_in(house.a) == [("due", "Cora Cohn"), ("due", "Leo Lang")]


def test_another_patients_deputy_is_not_told(house: House, mailbox: MailStore) -> None:
    item, deputy = planned(house.alice), member("Dora Dahl", house.a, [Role.CLINICIAN])
    other = registered(house.alice, record_number="N-2")
    on_team(house, item.patient, deputy, TeamRole.DEPUTY, (NOW.date(), None))
    on_team(house, other, member("Emil Ende", house.a, [Role.CLINICIAN]), TeamRole.DEPUTY, (NOW.date(), None))
    deactivate(house.alice)
    sweep_and_send()
    assert lines_in(house.a) == [("due", "Dora Dahl")]


def test_the_admins_mail_counts_what_reaches_nobody_and_leads_to_the_people(
    house: House, mailbox: MailStore, caplog: pytest.LogCaptureFixture
) -> None:
    planned(house.alice)
    deactivate(house.alice)
    sweep_and_send()
    (mail,) = mailbox.newest()
    assert mail.recipients == ("ada@a.example",)
    assert "Without anybody to tell: 1" in (mail.body("plain") or "")
    assert "http://localhost:8000/hospital/reminders/" in (mail.body("plain") or "")
    assert "/follow-ups/" not in (mail.body("plain") or "")
    assert "1 items reach no clinician" in caplog.text


def test_the_recipients_of_many_items_are_read_at_once(house: House, django_assert_num_queries) -> None:
    items = [planned(house.alice) for _ in range(5)]
    with (
        inside(house.a),
        django_assert_num_queries(6),
    ):  # items, alerts, members, returned mails, teams, pauses
        assert len(queries.lines_on(house.a, DUE_MORNING.date()).lines) == len(items)


def test_the_lead_is_somebody_of_the_hospital(house: House) -> None:
    with pytest.raises(IntegrityError, match="hospital_lead_is_a_member"), transaction.atomic():
        Hospital.objects.filter(pk=house.a.pk).update(lead_clinician=house.carlos.user)


def test_a_hospital_that_named_a_lead_keeps_one(house: House) -> None:
    lead(house.a, house.alice)
    with pytest.raises(IntegrityError, match="hospital_keeps_a_lead"), transaction.atomic():
        Hospital.objects.filter(pk=house.a.pk).update(lead_clinician=None)
    lead(house.a, member("Leo Lang", house.a, [Role.CLINICIAN]))


def test_a_hospital_without_a_lead_is_named_by_the_system_check(house: House) -> None:
    lead(house.a, house.alice)
    found = [message for message in run_checks(databases=["default"]) if message.id == "reminders.W001"]
    assert [str(house.b.pk) in message.msg for message in found] == [True]


def on_team(
    house: House, patient: Patient, person: Membership, role: str, days: tuple[date, date | None]
) -> None:
    first, last = days
    with inside(house.a):
        care_team.assign(
            patient=patient,
            user=person.user,
            role=role,
            started_on=first,
            ended_on=last,
            submission=uuid4(),
            by=house.alice,
            now=NOW,
        )
