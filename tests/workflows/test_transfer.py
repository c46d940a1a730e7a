"""A patient is offered to another hospital, which sees nothing before it accepts and everything after."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from accounts.scope import enter_hospital
from accounts.trail.models import AccessEvent
from monitoring.follow_ups.models import FollowUp
from monitoring.reminders.courier import Outcome
from monitoring.reminders.sweeping import sweep
from patients.actions import care_team, transfers
from patients.models import CareTeamMember, Patient, PatientSummary, Transfer, Treatment
from poems_site.workflows import merge, transfer
from supervisor.mail_store import MailStore
from tests.monitoring.follow_ups.builders import planned
from tests.monitoring.reminders.builders import DUE_MORNING, send
from tests.personas import NOW, House, registered
from tests.workflows.builders import a_treatment, accepted, died, merged, offered, open_draft

TODAY = date(2026, 5, 1)


@pytest.fixture
def patient(house: House) -> Patient:
    patient = registered(house.alice)
    a_treatment(patient, house.alice)
    return patient


def count_in(hospital: object, patient: Patient) -> tuple[int, int, int]:
    """The rows of the patient, of a treatment and of its history that a hospital sees."""
    enter_hospital(hospital.pk)  # type: ignore[attr-defined]
    return (
        Patient.objects.filter(pk=patient.pk).count(),
        Treatment.objects.filter(patient=patient).count(),
        Treatment.history.rel.related_model.objects.filter(patient=patient).count(),  # type: ignore[attr-defined]
    )


def test_the_other_hospital_sees_the_message_and_nothing_else(house: House, patient: Patient) -> None:
    offered(patient, house)
    assert count_in(house.b, patient) == (0, 0, 0)
    standing = Transfer.objects.visible_to(house.carlos).get()
    assert (standing.message, standing.record_number) == ("Please take over.", "")


def test_after_accepting_one_has_everything_and_the_other_nothing(house: House, patient: Patient) -> None:
    accepted(offered(patient, house), house)
    assert count_in(house.b, patient)[:2] == (1, 1)
    assert count_in(house.b, patient)[2] >= 2
    assert count_in(house.a, patient) == (0, 0, 0)


def test_the_pages_say_the_same(house: House, patient: Patient, alice: Client, carlos: Client) -> None:
    standing = offered(patient, house)
    assert carlos.get(f"/patients/{patient.pk}/").status_code == 404
    enter_hospital(house.b.pk)
    accepted(standing, house)
    assert "Schulz" in carlos.get(f"/patients/{patient.pk}/").content.decode()
    assert alice.get(f"/patients/{patient.pk}/").status_code == 404
    assert "Schulz" not in alice.get("/patients/").content.decode()


def test_the_old_hospital_keeps_number_day_and_whither(house: House, patient: Patient) -> None:
    accepted(offered(patient, house), house)
    enter_hospital(house.a.pk)
    stone = Transfer.objects.visible_to(house.alice).get()
    assert (stone.record_number, stone.to_hospital, stone.ended_at) == ("A-1001", house.b, NOW)


def test_the_patient_gets_a_number_of_the_new_hospital(house: House, patient: Patient) -> None:
    assert accepted(offered(patient, house), house).record_number == "B-77"


def test_a_number_given_there_already_is_refused_and_nothing_moves(house: House, patient: Patient) -> None:
    registered(house.carlos, record_number="b-77")
    enter_hospital(house.a.pk)
    standing = offered(patient, house)
    with pytest.raises(transfers.RecordNumberTakenError):
        accepted(standing, house)
    assert count_in(house.a, patient)[0] == 1


def test_the_new_responsible_takes_over_and_the_old_team_ends(house: House, patient: Patient) -> None:
    item = planned(house.alice, patient=patient)
    care_team.assign(
        patient=patient,
        user=house.alice.user,
        role="responsible",
        started_on=date(2026, 1, 1),
        ended_on=None,
        submission=uuid4(),
        by=house.alice,
        now=NOW,
    )
    accepted(offered(patient, house), house)
    team = dict(CareTeamMember.objects.on(TODAY).values_list("user__full_name", "role"))
    assert team == {"Carlos Castro": "responsible"}
    assert FollowUp.objects.get(pk=item.pk).responsible == house.carlos.user
    assert CareTeamMember.objects.count() == 2


def test_the_old_hospital_reminds_nobody_of_whom_it_gave_away(
    house: House, patient: Patient, mailbox: MailStore
) -> None:
    planned(house.alice, patient=patient)
    [waiting] = list(sweep(now=DUE_MORNING))
    enter_hospital(house.a.pk)
    accepted(offered(patient, house), house)
    assert (send(waiting), list(mailbox.newest())) == ([Outcome.NOTHING_TO_SEND], [])


def test_the_new_hospital_is_reminded_of_what_comes_with_the_patient(house: House, patient: Patient) -> None:
    planned(house.alice, patient=patient)
    list(sweep(now=DUE_MORNING))
    enter_hospital(house.a.pk)
    accepted(offered(patient, house), house)
    assert house.b.pk in {waiting.hospital_id for waiting in sweep(now=DUE_MORNING)}


def test_who_looked_goes_along(house: House, patient: Patient, alice: Client) -> None:
    alice.get(f"/patients/{patient.pk}/")
    enter_hospital(house.a.pk)
    accepted(offered(patient, house), house)
    assert AccessEvent.objects.filter(patient_id=patient.pk, user=house.alice.user).count() == 1


def test_records_that_were_merged_into_it_go_along(house: House, patient: Patient) -> None:
    double = registered(house.alice, record_number="A-2002")
    done = merged(patient, double, house.alice)
    accepted(offered(patient, house), house)
    assert Patient.objects.get(pk=double.pk).hospital == house.b
    merge.undo(merge=done, by=house.carlos, now=NOW)
    assert Patient.objects.in_care().count() == 2


def test_a_draft_and_the_summary_go_along(house: House, patient: Patient) -> None:
    open_draft(patient, house.alice)
    accepted(offered(patient, house), house)
    assert PatientSummary.objects.get().line_number == 1


def test_a_double_click_offers_once_and_accepts_once(house: House, patient: Patient) -> None:
    submission = uuid4()
    first, second = (offered(patient, house, submission=submission) for _ in range(2))
    assert first == second
    again = uuid4()
    one, two = (accepted(first, house, submission=again) for _ in range(2))
    assert (one, one.version) == (two, two.version)
    assert CareTeamMember.objects.get().ended_on is None


def test_a_patient_is_offered_to_one_hospital_at_a_time(house: House, patient: Patient) -> None:
    offered(patient, house)
    with pytest.raises(transfers.AlreadyOfferedError):
        offered(patient, house)


def test_what_was_withdrawn_or_rejected_cannot_be_accepted(house: House, patient: Patient) -> None:
    standing = offered(patient, house)
    transfers.withdraw(transfer=standing, by=house.alice, now=NOW)
    with pytest.raises(transfers.TransferEndedError):
        accepted(standing, house)
    enter_hospital(house.a.pk)
    other = offered(patient, house)
    transfers.reject(transfer=other, answer="No bed", by=house.carlos, now=NOW)
    with pytest.raises(transfers.TransferEndedError):
        accepted(other, house)


def test_a_death_withdraws_the_offer(house: House, patient: Patient) -> None:
    standing = offered(patient, house)
    died(patient, house.alice)
    standing.refresh_from_db()
    assert standing.state == "withdrawn"


def test_an_offered_patient_is_not_merged(house: House, patient: Patient) -> None:
    other = registered(house.alice, record_number="A-2002")
    offered(patient, house)
    with pytest.raises(merge.OpenTransferError):
        merge.preview(kept=other, closed=patient, by=house.alice, now=NOW)


def test_a_patient_can_come_back(house: House, patient: Patient) -> None:
    accepted(offered(patient, house), house)
    back = transfer.offer(
        patient=patient, to=house.a, message="Back", submission=uuid4(), by=house.carlos, now=NOW
    )
    enter_hospital(house.a.pk)
    transfer.accept(
        transfer=back,
        record_number="A-1001",
        responsible=house.alice,
        submission=uuid4(),
        by=house.alice,
        now=NOW,
        on=TODAY,
    )
    assert count_in(house.a, patient)[:2] == (1, 1)


@pytest.mark.parametrize("state", ["accepted", "withdrawn"])
def test_an_offer_that_ended_takes_nobody_again(house: House, patient: Patient, state: str) -> None:
    """Also not by the owner's function itself."""
    standing = offered(patient, house)
    Transfer.objects.filter(pk=standing.pk).update(
        state=state,
        ended_at=NOW,
        ended_by=house.alice.user,
        record_number="A-1001" if state == "accepted" else "",
    )
    enter_hospital(house.b.pk)
    with pytest.raises(ProgrammingError, match="no open offer"), transaction.atomic():
        call_accept(standing, house.carlos.user_id)


def test_nobody_accepts_in_the_name_of_another_hospital(house: House, patient: Patient) -> None:
    standing = offered(patient, house)
    with pytest.raises(ProgrammingError, match="no open offer"), transaction.atomic():
        call_accept(standing, house.alice.user_id)
    enter_hospital(house.b.pk)
    with pytest.raises(ProgrammingError, match="only somebody of this hospital"), transaction.atomic():
        call_accept(standing, house.alice.user_id)


def test_no_statement_of_the_application_takes_a_patient_away(house: House, patient: Patient) -> None:
    statement = "UPDATE patients_patient SET hospital_id = set_config('app.hospital', %s, true)::uuid"
    with (
        pytest.raises(ProgrammingError, match="only an accepted transfer"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [str(house.b.pk)])


def call_accept(standing: Transfer, user_id: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT poems_accept_transfer(%s, 'B-1', %s, now())", [standing.pk, user_id])
