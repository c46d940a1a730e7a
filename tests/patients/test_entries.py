"""Numbers, events, notes, team and contact, through the pages."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import Membership
from accounts.roles import Role
from patients.actions import care_team
from patients.models import CareTeamMember, Identifier, Occurrence, Patient
from tests.personas import NOW, House, member, registered

EVENT = {"kind": "thrombosis", "happened": "May 2019", "grade": "2", "text": "Left leg."}
NUMBER = {"kind": "insurance", "value": "Q 123 456", "issuer": "Allgemeine"}
CONTACT = {"telephone": "+49 30 1234567", "needs_interpreter": "yes", "language": "Polish"}


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


def posted(client: Client, patient: Patient, page: str, form: dict[str, str]) -> str:
    answer = client.post(f"/patients/{patient.pk}/{page}/", form, follow=True)
    return answer.content.decode().replace("&#x27;", "'")


def test_an_event_is_kept_as_far_as_its_day_is_known(alice: Client, patient: Patient) -> None:
    posted(alice, patient, "entries/event/add", EVENT)
    event = Occurrence.objects.get()
    assert (event.happened_on, str(event.happened), event.grade) == (date(2019, 5, 1), "May 2019", 2)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"happened": "03/05/2019"}, "can be 5 March or 3 May"),
        ({"happened": "2999"}, "2999 lies in the future"),
        ({"ended": "2018"}, "The end lies before the beginning"),
        ({"kind": "admission"}, "has no grade"),
        ({"kind": "note", "grade": "", "text": ""}, "Say in words what this is about"),
        ({"kind": "other", "text": " "}, "Say in words what this is about"),
        ({"grade": "7"}, "Select a valid choice"),
        ({"kind": "birthday"}, "Select a valid choice"),
        ({"text": "x" * 4001}, "at most 4000 characters"),
    ],
)
def test_an_impossible_event_is_refused_with_a_sentence_and_stays_on_the_page(
    alice: Client, patient: Patient, change: dict[str, str], sentence: str
) -> None:
    page = posted(alice, patient, "entries/event/add", EVENT | change)
    assert sentence in page
    assert Occurrence.objects.count() == 0


def test_a_double_click_adds_one_event(alice: Client, patient: Patient) -> None:
    twice = EVENT | {"submission": str(uuid4())}
    for _ in range(2):
        posted(alice, patient, "entries/event/add", twice)
    assert Occurrence.objects.count() == 1


def test_whoever_saves_second_is_told_who_changed_what_and_nothing_is_overwritten(
    house: House, alice: Client, patient: Patient
) -> None:
    posted(alice, patient, "entries/event/add", EVENT)
    event = Occurrence.objects.get()
    address = f"entries/event/{event.pk}"
    posted(alice, patient, address, EVENT | {"version": "1", "grade": "3"})
    page = posted(alice, patient, address, EVENT | {"version": "1", "text": "Both legs."})
    assert "Nothing was overwritten" in page
    assert "Alice Amann saved this" in page
    assert "Grade: 2: moderate → <strong>3: severe</strong>" in page
    assert "Both legs." in page
    event.refresh_from_db()
    assert (event.grade, event.text) == (3, "Left leg.")


def test_what_was_entered_in_error_is_struck_through_and_leaves_the_overview(
    alice: Client, patient: Patient
) -> None:
    posted(alice, patient, "entries/event/add", EVENT)
    pk = Occurrence.objects.get().pk
    posted(alice, patient, f"entries/event/{pk}/error", {"version": "1"})
    assert (
        "<s>Thrombosis or embolism</s>"
        in alice.get(f"/patients/{patient.pk}/entries/event/").content.decode()
    )
    assert "None recorded." in alice.get(f"/patients/{patient.pk}/").content.decode()
    assert alice.get(f"/patients/{patient.pk}/entries/event/{pk}/").status_code == 404


def test_an_entry_changed_meanwhile_is_not_marked_as_error(alice: Client, patient: Patient) -> None:
    posted(alice, patient, "entries/event/add", EVENT)
    event = Occurrence.objects.get()
    posted(alice, patient, f"entries/event/{event.pk}", EVENT | {"version": "1", "grade": "3"})
    page = posted(alice, patient, f"entries/event/{event.pk}/error", {"version": "1"})
    assert "Somebody saved this entry meanwhile" in page
    assert Occurrence.objects.standing().count() == 1


def test_a_number_finds_its_patient_however_it_is_written(alice: Client, patient: Patient) -> None:
    posted(alice, patient, "entries/number/add", NUMBER)
    for typed in ("Q123456", "q-123-456", "123 456"):
        assert "Schulz" in alice.post("/patients/", {"q": typed}).content.decode()
    assert "Schulz" not in alice.post("/patients/", {"q": "q 999 999"}).content.decode()


def test_a_number_of_somebody_else_is_refused_with_their_name(
    house: House, alice: Client, patient: Patient
) -> None:
    other = registered(house.alice, record_number="A-7", family_name="Petersen")
    posted(alice, other, "entries/number/add", NUMBER)
    page = posted(alice, patient, "entries/number/add", NUMBER | {"value": "q123456", "issuer": "ALLGEMEINE"})
    assert "This number belongs to Maria Petersen, record number A-7." in page
    assert Identifier.objects.count() == 1


def test_a_number_marked_as_error_can_be_given_to_the_right_patient(
    house: House, alice: Client, patient: Patient
) -> None:
    posted(alice, patient, "entries/number/add", NUMBER)
    posted(alice, patient, f"entries/number/{Identifier.objects.get().pk}/error", {"version": "1"})
    other = registered(house.alice, record_number="A-7")
    posted(alice, other, "entries/number/add", NUMBER)
    assert Identifier.objects.standing().get().patient == other


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kind": "study", "issuer": ""}, "Say which hospital, study or office gave this number"),
        ({"value": "---"}, "at least one letter or digit"),
        ({"valid_from": "2026-02-01", "valid_until": "2026-01-01"}, "The last day lies before the first day"),
    ],
)
def test_a_number_that_says_nothing_is_refused(
    alice: Client, patient: Patient, change: dict[str, str], sentence: str
) -> None:
    assert sentence in posted(alice, patient, "entries/number/add", NUMBER | change)


def test_a_kind_of_entry_that_does_not_exist_is_not_found(alice: Client, patient: Patient) -> None:
    assert alice.get(f"/patients/{patient.pk}/entries/secret/add/").status_code == 404


def test_contact_is_kept_and_shown_and_a_stale_form_overwrites_nothing(
    alice: Client, patient: Patient
) -> None:
    page = posted(alice, patient, "contact", CONTACT | {"version": "1"})
    assert "Polish, needs an interpreter" in page
    stale = posted(alice, patient, "contact", CONTACT | {"version": "1", "telephone": "5"})
    assert "Nothing was overwritten" in stale
    patient.refresh_from_db()
    assert (patient.telephone, patient.needs_interpreter) == ("+49 30 1234567", True)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"telephone": "unknown"}, "A telephone number holds digits"),
        ({"email": "nobody"}, "Enter a valid email address"),
        ({"kin_name": "Jo\u0007"}, "invisible control characters"),
    ],
)
def test_a_contact_that_reaches_nobody_is_refused(
    alice: Client, patient: Patient, change: dict[str, str], sentence: str
) -> None:
    assert sentence in posted(alice, patient, "contact", CONTACT | {"version": "1"} | change)


@pytest.fixture
def bea(house: House) -> Membership:
    return member("Bea Berg", house.a, [Role.CLINICIAN])


def put_on_the_team(client: Client, patient: Patient, who: Membership, role: str, day: str) -> str:
    form = {"user": str(who.user_id), "role": role, "started_on": day}
    return posted(client, patient, "team/assign", form)


def test_somebody_is_put_on_the_team_and_shown_on_the_first_page(
    house: House, alice: Client, patient: Patient, bea: Membership
) -> None:
    put_on_the_team(alice, patient, bea, "responsible", "2026-05-01")
    page = alice.get(f"/patients/{patient.pk}/").content.decode()
    assert "Bea Berg" in page
    assert "A responsible clinician who works here" not in page


def test_a_role_that_cannot_be_handed_over_is_refused_with_who_holds_it(
    house: House, alice: Client, patient: Patient, bea: Membership
) -> None:
    put_on_the_team(alice, patient, bea, "responsible", "2026-05-01")
    page = put_on_the_team(alice, patient, house.alice, "responsible", "2026-05-01")
    assert "Bea Berg is responsible clinician from 1 May 2026" in page


def test_a_coordinator_cannot_be_responsible_and_is_told_so(
    house: House, alice: Client, patient: Patient
) -> None:
    cora = member("Cora Conway", house.a, [Role.COORDINATOR])
    page = put_on_the_team(alice, patient, cora, "responsible", "2026-05-01")
    assert "no role in this hospital that may be responsible clinician" in page


def test_somebody_of_another_hospital_is_no_choice(house: House, alice: Client, patient: Patient) -> None:
    page = put_on_the_team(alice, patient, house.carlos, "responsible", "2026-05-01")
    assert "Select a valid choice" in page
    assert CareTeamMember.objects.count() == 0


def test_an_assignment_ends_on_its_last_day_and_stays_readable(
    house: House, alice: Client, patient: Patient, bea: Membership
) -> None:
    put_on_the_team(alice, patient, bea, "deputy", "2026-05-01")
    row = CareTeamMember.objects.get()
    address = f"team/{row.pk}/end"
    assert "cannot lie before the first" in posted(
        alice, patient, address, {"ended_on": "2026-04-30", "version": "1"}
    )
    page = posted(alice, patient, address, {"ended_on": "2026-05-31", "version": "1"})
    assert "Earlier</h2>" in page
    assert "31 May 2026" in page


def test_the_first_page_takes_the_same_number_of_queries_however_much_there_is(
    house: House, alice: Client, patient: Patient, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    for number in range(8):
        posted(alice, patient, "entries/event/add", EVENT | {"happened": f"{2010 + number}"})
        posted(alice, patient, "entries/number/add", NUMBER | {"value": f"{number}{number}{number}"})
    for person in ("Bea Berg", "Dora Dorn", "Eva Ende"):
        care_team.assign(
            patient=patient,
            user=member(person, house.a, [Role.CLINICIAN]).user,
            role="coordinator",
            started_on=date(2026, 5, 1),
            ended_on=None,
            submission=uuid4(),
            by=house.alice,
            now=NOW,
        )
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        page = alice.get(f"/patients/{patient.pk}/").content.decode()
    assert page.count("Thrombosis or embolism") == 5
