"""What a page offers is what its reader may do: no link and no button leads to a door that is closed."""

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from accounts.permissions import POLICY, ROLES, Permission
from accounts.roles import Role
from tests.accounts.test_access_matrix import ABOUT_ONE_PATIENT, GUARDED, SHOWS_OWN_HOSPITAL, address
from tests.monitoring.alerts.courses import BASELINE, RISE, SECOND_RISE, measured, read_on, scanned, treated
from tests.monitoring.follow_ups.builders import planned
from tests.personas import House, member, registered, signed_in
from tests.workflows.builders import open_draft

OK = 200
# Where each way out of a page is written.
ATTRIBUTES = {"href", "action", "formaction", "hx-get", "hx-post"}


class Ways(HTMLParser):
    """Every address a page leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {urlsplit(value).path for name, value in attrs if name in ATTRIBUTES and value}


@pytest.fixture
def patient_id(house: House) -> UUID:
    """A patient with something of every kind that a page could offer to change."""
    patient = registered(house.alice)
    treated(patient, house.alice)
    measured(patient, house.alice, *BASELINE, RISE, SECOND_RISE)
    scanned(patient, house.alice, "2024-12-20")
    read_on(patient, "2026-04-03")
    planned(house.alice, patient=patient)
    open_draft(patient, house.alice)
    return patient.pk


def pages(client: Client, patient_id: UUID) -> Iterator[tuple[str, str]]:
    """Name and text of each page that opens."""
    for name in GUARDED:
        answer = client.get(address(name, patient_id))
        if answer.status_code == OK and "text/html" in answer.headers["Content-Type"]:
            yield name, answer.content.decode()


def closed_ways(html: str, roles: list[str]) -> set[str]:
    """Views the page leads to that the policy refuses to people with these roles."""
    ways = Ways()
    ways.feed(html)
    allowed = frozenset[Permission]().union(*(ROLES[Role(role)] for role in roles))
    rules = {name: POLICY.get(name) for name in map(view_at, ways.found) if name}
    return {name for name, rule in rules.items() if isinstance(rule, Permission) and rule not in allowed}


def view_at(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


@pytest.mark.parametrize("role", list(Role))
def test_no_page_leads_its_reader_to_a_closed_door(house: House, patient_id: UUID, role: Role) -> None:
    client = signed_in(member("Rita Role", house.a, [role]))
    opened = dict(pages(client, patient_id))
    closed = {name: closed_ways(html, [role]) for name, html in opened.items()}
    assert {name: ways for name, ways in closed.items() if ways} == {}


def test_a_reader_opens_the_record_and_changes_nothing(house: House, patient_id: UUID) -> None:
    client = signed_in(member("Rita Role", house.a, [Role.READER]))
    assert client.get(f"/patients/{patient_id}/").status_code == OK
    for name in (*ABOUT_ONE_PATIENT, *SHOWS_OWN_HOSPITAL):
        if POLICY[name] != Permission.VIEW_PATIENTS:
            assert client.post(address(name, patient_id)).status_code == 403
