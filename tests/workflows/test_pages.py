"""The pages of merge and transfer, as people click through them."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import Membership
from accounts.roles import Role
from accounts.scope import enter_hospital
from accounts.trail.models import AccessEvent
from patients.models import Merge, Patient, Transfer, Treatment
from tests.personas import House, member, registered, signed_in
from tests.workflows.builders import a_treatment, merged, offered

OFFER = {"message": "A woman of 49, please take over."}


@pytest.fixture
def kept(house: House) -> Patient:
    return registered(house.alice)


@pytest.fixture
def closed(house: House) -> Patient:
    patient = registered(house.alice, record_number="A-2002", given_name="Marie", sex="unknown")
    a_treatment(patient, house.alice)
    return patient


@pytest.fixture
def cora(house: House) -> Membership:
    return member("Cora Conway", house.a, [Role.COORDINATOR])


def page_of(client: Client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the merge's form."""
    return {
        name: re.search(rf'name="{name}" value="([^"]*)"', page)[1]  # type: ignore[index]
        for name in ("seen", "submission")
    }


def test_the_preview_names_what_differs_and_what_moves(alice: Client, kept: Patient, closed: Patient) -> None:
    page = page_of(alice, f"/patients/{kept.pk}/care/merge/{closed.pk}/")
    for words in ("A-1001", "A-2002", "Maria", "Marie", "Not known", "Merge: keep A-1001, close A-2002"):
        assert words in page
    assert re.search(r"Treatments?[^<]*</th><td class=\"amount\"[^>]*>1<", page)


def test_the_other_record_can_be_the_one_that_is_kept(alice: Client, kept: Patient, closed: Patient) -> None:
    address = f"/patients/{kept.pk}/care/merge/{closed.pk}/?keep=other"
    page = page_of(alice, address)
    assert "Merge: keep A-2002, close A-1001" in page
    alice.post(address, hidden(page))
    assert Merge.objects.get().patient == closed


def test_a_merge_through_the_pages_and_back(alice: Client, kept: Patient, closed: Patient) -> None:
    address = f"/patients/{kept.pk}/care/merge/{closed.pk}/"
    form = hidden(page_of(alice, address))
    for _ in range(2):  # a double click
        assert alice.post(address, form).headers["Location"] == f"/patients/{kept.pk}/"
    assert Treatment.objects.get().patient == kept
    assert "Merged: go to the record that is kept" in page_of(alice, f"/patients/{closed.pk}/")
    done = Merge.objects.get()
    assert "Take the merge back" in page_of(alice, f"/patients/{kept.pk}/care/")
    alice.post(f"/patients/{kept.pk}/care/merges/{done.pk}/undo/")
    assert Treatment.objects.get().patient == closed


def test_a_merge_is_noted_at_both_records(
    house: House, alice: Client, kept: Patient, closed: Patient
) -> None:
    address = f"/patients/{kept.pk}/care/merge/{closed.pk}/"
    alice.post(address, hidden(page_of(alice, address)))
    changed = AccessEvent.objects.filter(kind="changed", address="care:merge")
    assert set(changed.values_list("patient_id", flat=True)) == {kept.pk, closed.pk}


def test_what_changed_since_the_preview_is_shown_before_anything_moves(
    house: House, alice: Client, kept: Patient, closed: Patient
) -> None:
    address = f"/patients/{kept.pk}/care/merge/{closed.pk}/"
    form = hidden(page_of(alice, address))
    a_treatment(closed, house.alice, name="VRd")
    response = alice.post(address, form)
    assert response.status_code == 422
    assert "Look at the list again" in response.content.decode()
    assert Merge.objects.count() == 0


def test_an_offered_record_says_why_it_is_not_merged(
    house: House, alice: Client, kept: Patient, closed: Patient
) -> None:
    offered(closed, house)
    assert "Withdraw the offer or wait" in page_of(alice, f"/patients/{kept.pk}/care/merge/{closed.pk}/")


def test_a_record_is_not_merged_with_itself_nor_with_one_of_another_hospital(
    house: House, alice: Client, kept: Patient
) -> None:
    theirs = registered(house.carlos, record_number="B-1")
    enter_hospital(house.a.pk)
    for other in (kept.pk, theirs.pk, uuid4()):
        assert alice.get(f"/patients/{kept.pk}/care/merge/{other}/").status_code == 404


def test_similar_names_are_offered_for_a_merge(alice: Client, kept: Patient, closed: Patient) -> None:
    assert "A-2002" in page_of(alice, f"/patients/{kept.pk}/care/merge/")
    found = alice.post(f"/patients/{kept.pk}/care/merge/", {"q": "zzzz"}).content.decode()
    assert "No other record found" in found


def test_too_late_is_said_and_changes_nothing(
    house: House, alice: Client, kept: Patient, closed: Patient
) -> None:
    done = merged(kept, closed, house.alice)
    # The merge of the tests' own day is months ago on the clock of the page.
    page = alice.post(f"/patients/{kept.pk}/care/merges/{done.pk}/undo/", follow=True).content.decode()
    assert "can no longer be taken back" in page
    assert Merge.objects.get().undone_at is None


def test_an_offer_is_accepted_through_the_pages(
    house: House, alice: Client, carlos: Client, kept: Patient
) -> None:
    alice.post(f"/patients/{kept.pk}/care/transfer/", OFFER | {"to": str(house.b.pk)})
    standing = Transfer.objects.get()
    page = page_of(carlos, f"/transfers/{standing.pk}/")
    assert "A woman of 49, please take over." in page
    for private in ("Schulz", "Maria", "A-1001", str(kept.pk)):
        assert private not in page
    enter_hospital(house.b.pk)
    answer = {"record_number": "B-5", "responsible": str(house.carlos.pk)}
    response = carlos.post(f"/transfers/{standing.pk}/", answer)
    assert response.headers["Location"] == f"/patients/{kept.pk}/"
    assert "B-5" in page_of(carlos, f"/patients/{kept.pk}/")
    assert "A-1001" in page_of(alice, "/transfers/")
    assert alice.get(f"/patients/{kept.pk}/care/").status_code == 404


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"message": ""}, "without it they cannot decide"),
        ({"message": "x" * 2001}, "At most 2000 characters; these are 2001."),
        ({"to": ""}, "Choose the hospital that is to take over."),
        ({"to": "own"}, "Select a valid choice"),
    ],
)
def test_an_offer_that_says_nothing_is_refused(
    house: House, alice: Client, kept: Patient, change: dict[str, str], sentence: str
) -> None:
    form = OFFER | {"to": str(house.b.pk)} | change
    if form["to"] == "own":
        form["to"] = str(house.a.pk)
    assert sentence in unescape(alice.post(f"/patients/{kept.pk}/care/transfer/", form).content.decode())
    assert Transfer.objects.count() == 0


def test_a_second_offer_says_who_made_the_first(house: House, alice: Client, kept: Patient) -> None:
    offered(kept, house)
    form = OFFER | {"to": str(house.b.pk)}
    page = alice.post(f"/patients/{kept.pk}/care/transfer/", form).content.decode()
    assert "Alice Amann offered this patient to Hospital B already" in page


def test_a_number_taken_there_keeps_what_was_typed(
    house: House, alice: Client, carlos: Client, kept: Patient
) -> None:
    registered(house.carlos, record_number="B-5")
    enter_hospital(house.a.pk)
    standing = offered(kept, house)
    answer = {"record_number": "B-5", "responsible": str(house.carlos.pk)}
    response = carlos.post(f"/transfers/{standing.pk}/", answer)
    assert response.status_code == 422
    assert "Record number B-5 belongs to another patient" in response.content.decode()
    assert alice.get(f"/patients/{kept.pk}/").status_code == 200


def test_turning_down_needs_a_reason_and_tells_it(
    house: House, alice: Client, carlos: Client, kept: Patient
) -> None:
    standing = offered(kept, house)
    assert carlos.post(f"/transfers/{standing.pk}/reject/", {"answer": ""}).status_code == 422
    carlos.post(f"/transfers/{standing.pk}/reject/", {"answer": "No bed until June"})
    assert "No bed until June" in page_of(alice, "/transfers/")


def test_an_answer_to_a_withdrawn_offer_changes_nothing(
    house: House, alice: Client, carlos: Client, kept: Patient
) -> None:
    standing = offered(kept, house)
    alice.post(f"/transfers/{standing.pk}/withdraw/")
    answer = {"record_number": "B-5", "responsible": str(house.carlos.pk)}
    page = carlos.post(f"/transfers/{standing.pk}/", answer).content.decode()
    assert "answered or withdrawn meanwhile" in page
    assert alice.get(f"/patients/{kept.pk}/").status_code == 200


def test_only_the_hospital_it_is_offered_to_answers(house: House, alice: Client, kept: Patient) -> None:
    standing = offered(kept, house)
    assert alice.get(f"/transfers/{standing.pk}/").status_code == 404
    assert alice.post(f"/transfers/{standing.pk}/reject/", {"answer": "no"}).status_code == 404


def test_a_waiting_offer_is_announced_over_the_list(
    house: House, alice: Client, carlos: Client, kept: Patient
) -> None:
    offered(kept, house)
    assert "An offer from another hospital waits" in page_of(carlos, "/patients/")
    assert "An offer from another hospital waits" not in page_of(alice, "/patients/")


def test_a_coordinator_merges_and_does_not_transfer(house: House, cora: Membership, kept: Patient) -> None:
    client = signed_in(cora)
    assert client.get(f"/patients/{kept.pk}/care/merge/").status_code == 200
    assert client.get(f"/patients/{kept.pk}/care/transfer/").status_code == 403
    assert "Transfer" not in page_of(client, f"/patients/{kept.pk}/care/").partition("<main")[2]
