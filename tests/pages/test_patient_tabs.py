"""Which part of the record a page says it belongs to."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from patients.models import Patient
from tests.personas import House, registered

CURRENT = re.compile(r'<li><a href="([^"]+)" aria-current="page">')


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


@pytest.mark.parametrize(
    ("page", "arguments", "tab"),
    [
        ("patients:overview", (), "patients:overview"),
        ("patients:edit", (), "patients:overview"),
        ("patients:team", (), "patients:overview"),
        ("results:list", (), "results:list"),
        ("results:new", (), "results:list"),
        ("results:visit", (), "results:list"),
        ("patients:add_entry", ("event",), "patients:events"),
        ("patients:add_entry", ("fitness",), "patients:overview"),
        ("patients:assess_extent", (), "patients:assessments"),
        ("care:death", (), "care:page"),
    ],
)
def test_a_page_belongs_to_the_tab_with_the_longest_address_it_begins_with(
    alice: Client, patient: Patient, page: str, arguments: tuple[str, ...], tab: str
) -> None:
    html = alice.get(reverse(page, args=[patient.pk, *arguments])).content.decode()
    parts = html[html.index('aria-label="Parts of the record"') :]
    assert CURRENT.findall(parts) == [reverse(tab, args=[patient.pk])]


def test_the_button_of_a_phone_names_the_part_one_is_in(alice: Client, patient: Patient) -> None:
    html = alice.get(reverse("results:new", args=[patient.pk])).content.decode()
    button = html[html.index('popovertarget="tabs-list"') :]
    assert '<span class="menu-button-text">Results</span>' in button
