"""The list of patients: who is on it, in which order, page by page."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from patients.actions import care_team
from patients.actions.care import Death
from patients.models import Patient, PatientSummary
from patients.queries.listing import ORDERS, PAGE_SIZE, Place, Wanted, page_of, wanted_patients
from poems_site.workflows import death
from tests.monitoring.follow_ups.builders import item, planned
from tests.personas import NOW, House, registered

TODAY = date(2026, 5, 1)


@pytest.fixture
def three(house: House) -> list[Patient]:
    """Anna, Berta and Clara: localized in the first line, disseminated in the third, never assessed."""
    patients = [
        registered(
            house.alice,
            record_number=number,
            given_name=name,
            family_name="Example",
            birth_date=date(1980 - n, 1, 1),
        )
        for n, (name, number) in enumerate([("Anna", "b-2"), ("Berta", "A-3"), ("Clara", "c-1")])
    ]
    summaries = PatientSummary.objects
    summaries.filter(patient=patients[0]).update(
        extent="localized", line_number=1, line_started_on=date(2026, 1, 1)
    )
    summaries.filter(patient=patients[1]).update(
        extent="disseminated", line_number=4, line_started_on=date(2025, 1, 1)
    )
    return patients


def names(html: str) -> list[str]:
    rows = html.split('<th scope="row"')[1:]
    return [row.split(" Example")[0].rpartition(">")[2] for row in rows]


def listed(client: Client, query: str = "") -> list[str]:
    return names(client.get(f"/patients/{query}").content.decode())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Anna", "Berta", "Clara"]),
        ("?extent=localized", ["Anna"]),
        ("?extent=none", ["Clara"]),
        ("?line=0", ["Clara"]),
        ("?line=1", ["Anna"]),
        ("?line=2", []),
        ("?line=3", ["Berta"]),
        ("?line=3&extent=localized", []),
    ],
)
def test_filters_stand_in_the_address_and_narrow_together(
    three: list[Patient], alice: Client, query: str, expected: list[str]
) -> None:
    assert listed(alice, query) == expected


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ["Anna", "Berta", "Clara"]),
        ("-name", ["Clara", "Berta", "Anna"]),
        ("number", ["Berta", "Anna", "Clara"]),
        ("born", ["Clara", "Berta", "Anna"]),
        ("-line", ["Anna", "Berta", "Clara"]),
        ("line", ["Clara", "Berta", "Anna"]),
    ],
)
def test_every_order_has_its_reverse(
    three: list[Patient], alice: Client, sort: str, expected: list[str]
) -> None:
    assert listed(alice, f"?sort={sort}") == expected


def test_an_item_is_overdue_from_its_day_on_and_not_before(house: House) -> None:
    """Window until 1 July: overdue seven days later, though nobody wrote anything in between."""
    patient = planned(house.alice, item(latest=date(2026, 7, 1))).patient
    overdue = Wanted(overdue=True)
    assert not wanted_patients(house.alice, overdue, on=date(2026, 7, 7)).exists()
    assert wanted_patients(house.alice, overdue, on=date(2026, 7, 8)).get() == patient


def test_mine_are_those_on_whose_team_i_am_today(house: House, three: list[Patient]) -> None:
    def on_team(patient: Patient, started_on: date, ended_on: date | None) -> None:
        care_team.assign(
            patient=patient,
            user=house.alice.user,
            role="responsible",
            started_on=started_on,
            ended_on=ended_on,
            submission=uuid4(),
            by=house.alice,
            now=NOW,
        )

    on_team(three[0], date(2026, 1, 1), None)
    on_team(three[1], date(2026, 1, 1), TODAY - timedelta(days=1))
    assert list(wanted_patients(house.alice, Wanted(mine=True), on=TODAY)) == [three[0]]


def test_the_dead_are_listed_only_when_asked_for(house: House, three: list[Patient], alice: Client) -> None:
    death.record_death(patient=three[1], death=Death(None), expected_version=1, by=house.alice, now=NOW)
    assert listed(alice) == ["Anna", "Clara"]
    assert listed(alice, "?care=closed") == ["Berta"]
    assert listed(alice, "?care=all") == ["Anna", "Berta", "Clara"]


def test_a_search_and_filters_work_together(three: list[Patient], alice: Client) -> None:
    page = alice.post("/patients/", {"q": "example", "extent": "disseminated"}).content.decode()
    assert names(page) == ["Berta"]


def test_filters_without_a_search_lead_to_their_address(three: list[Patient], alice: Client) -> None:
    response = alice.post("/patients/", {"q": "", "extent": "localized", "mine": "on", "sort": "-born"})
    assert response.headers["Location"] == "/patients/?extent=localized&mine=on&sort=-born"


def test_no_name_gets_into_an_address(three: list[Patient], alice: Client) -> None:
    response = alice.post(
        "/patients/", {"q": "Berta", "extent": "disseminated"}, headers={"HX-Request": "true"}
    )
    assert response.headers["HX-Replace-Url"] == "/patients/?extent=disseminated"
    assert "q=" not in response.content.decode()


def test_a_filter_that_does_not_exist_is_named_and_not_used(three: list[Patient], alice: Client) -> None:
    page = unescape(alice.get("/patients/?extent=everywhere&line=x&sort=shoe&after=1").content.decode())
    assert "everywhere is not one of the available choices" in page
    assert names(page) == ["Anna", "Berta", "Clara"]


def test_nobody_yet_nobody_in_care_and_nobody_that_matches_read_differently(
    house: House, alice: Client
) -> None:
    assert 'data-reason="no_data"' in alice.get("/patients/").content.decode()
    patient = registered(house.alice)
    assert "Closed records are left out" in alice.post("/patients/", {"q": "zzzz"}).content.decode()
    assert "Fewer filters" in alice.get("/patients/?care=all&line=2").content.decode()
    death.record_death(patient=patient, death=Death(None), expected_version=1, by=house.alice, now=NOW)
    assert "Nobody is in care" in alice.get("/patients/").content.decode()


@pytest.fixture
def many(house: House) -> int:
    """More than two pages, half of them equal in every order but the last."""
    registered(house.alice)
    template = Patient.objects.get()
    rows = [
        Patient(
            hospital=house.a,
            record_number=f"M-{n:04}",
            given_name="Same" if n % 2 else f"Name {n % 7}",
            family_name="Example",
            birth_date=date(1950, 1, 1) + timedelta(days=n // 3),
            sex="female",
            registered_at=NOW + timedelta(minutes=n // 2),
            registered_by=template.registered_by,
            submission=uuid4(),
        )
        for n in range(2 * PAGE_SIZE + 10)
    ]
    Patient.objects.bulk_create(rows)
    PatientSummary.objects.bulk_create(
        PatientSummary(
            patient=row,
            hospital=house.a,
            computed_at=NOW,
            line_number=n % 3,
            line_started_on=date(2026, 1, 1) + timedelta(days=n % 5) if n % 3 else None,
        )
        for n, row in enumerate(rows)
    )
    return len(rows) + 1


def pages(house: House, order: str) -> Iterator[list[Patient]]:
    """Every page forwards, each checked against the one that leads back to it."""
    patients, place = wanted_patients(house.alice, Wanted(), on=TODAY), Place()
    before: list[Patient] = []
    while True:
        page = page_of(patients, house.alice, order, place)
        yield page.patients
        if before:
            assert page_of(patients, house.alice, order, Place(before=page.before)).patients == before
        if page.after is None:
            return
        before, place = page.patients, Place(after=page.after)


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize("order", ORDERS)
def test_pages_show_everybody_once_and_lead_back(house: House, many: int, order: str, sign: str) -> None:
    shown = [patient.pk for page in pages(house, sign + order) for patient in page]
    assert (len(shown), len(set(shown))) == (many, many)


def test_a_patient_registered_meanwhile_moves_no_page(house: House, many: int) -> None:
    patients = wanted_patients(house.alice, Wanted(), on=TODAY)
    first = page_of(patients, house.alice, "name", Place())
    second = page_of(patients, house.alice, "name", Place(after=first.after))
    registered(house.alice, record_number="new", given_name="Aaron", family_name="Aaronson")
    assert page_of(patients, house.alice, "name", Place(after=first.after)).patients == second.patients


def test_a_page_at_somebody_who_is_gone_is_the_first(house: House, many: int) -> None:
    patients = wanted_patients(house.alice, Wanted(), on=TODAY)
    anew = page_of(patients, house.alice, "name", Place(after=uuid4()))
    assert anew.patients == page_of(patients, house.alice, "name", Place()).patients
    assert anew.before is None


def test_the_address_of_a_page_holds_an_id_and_the_filters(house: House, many: int, alice: Client) -> None:
    page = alice.get("/patients/?sort=born&care=all").content.decode()
    link = unescape(page.split('rel="next" href="')[1].split('"')[0])
    query = parse_qs(urlsplit(link).query)
    assert query.keys() == {"sort", "care", "after"}
    assert names(alice.get(f"/patients/{link}").content.decode()) != names(page)


def test_a_page_costs_the_same_however_many_patients_there_are(
    house: House, alice: Client, many: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    """Session, person, hospitals, second factor and scope take seven, the trail one; the page one.

    One more for its place, and one where nobody comes after that: whether there is anybody at all.
    """
    alice.get("/patients/")
    with django_assert_max_num_queries(10):
        alice.get("/patients/?sort=-line&extent=none")
    last = Patient.objects.order_by("pk").last()
    with django_assert_max_num_queries(12):
        alice.get(f"/patients/?after={last.pk}")


def test_overdue_is_told_with_its_day(house: House, alice: Client) -> None:
    day = timezone.localdate() - timedelta(days=100)
    patient = registered(house.alice)
    PatientSummary.objects.filter(patient=patient).update(overdue_from=day)
    page = alice.get("/patients/?overdue=on").content.decode()
    assert "overdue" in page
    assert f"{day:%-d %b %Y}" in page


def test_the_list_shows_filters_and_sorts_by_alert(house: House, alice: Client) -> None:
    registered(house.alice, record_number="calm")
    asks = {"alert_rule": "pet-progression", "alert_since": NOW.date(), "alert_count": 2}
    for severity, urgency in (("info", 4), ("critical", 1)):
        patient = registered(house.alice, record_number=severity)
        PatientSummary.objects.filter(patient=patient).update(
            worst_alert=severity, alert_urgency=urgency, **asks
        )
    in_order = alice.get("/patients/", {"sort": "alert"}).context["page"].patients
    assert [patient.record_number for patient in in_order] == ["critical", "info", "calm"]
    found = {
        severity: {
            one.record_number for one in alice.get("/patients/", {"alert": severity}).context["page"].patients
        }
        for severity in ("critical", "warning", "any")
    }
    assert found == {"critical": {"critical"}, "warning": {"critical"}, "any": {"critical", "info"}}
    assert "2 in all" in alice.get("/patients/").content.decode()
