"""The page of help: open to all, complete, and taken from the content."""

from typing import get_args

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guideline.course import verdicts
from guideline.edition import load_edition
from guideline.rules.advisory import Severity
from guideline.rules.situation import ExtentFinding, OptionStatus
from monitoring.follow_ups.models import State
from poems_site.pages.help.presenters import GROUPS, help_shown
from tests.personas import House

EDITION = load_edition()
VERDICTS = {
    value
    for name, value in vars(verdicts).items()
    if name.isupper() and isinstance(value, str) and " " not in value
}
# How one scale stands, which the axis of the nerve sums up in words of its own, and what a rise is called.
OF_ONE_SCALE = {"worse", "lost", "improved", "stable", "confirmed", "unconfirmed", "bound"}


def page_of(client: Client) -> str:
    return client.get("/help/").content.decode()


@pytest.mark.django_db
def test_whoever_is_signed_out_can_read_what_it_is_for() -> None:
    page = page_of(Client())
    assert "It decides nothing" in page
    assert "Back to sign in" in page


def test_whoever_is_signed_in_keeps_the_navigation(alice: Client) -> None:
    page = page_of(alice)
    assert 'aria-label="Main"' in page
    assert "Back to sign in" not in page


def test_every_page_leads_to_it(alice: Client, house: House) -> None:
    assert 'href="/help/"' in alice.get("/patients/").content.decode()
    assert 'href="/help/"' in Client().get("/account/login/").content.decode()


@pytest.mark.parametrize("scale", EDITION.scales.values(), ids=list(EDITION.scales))
def test_each_score_stands_with_range_direction_change_and_sources(scale) -> None:
    [score] = [one for one in help_shown(EDITION).scores if one.name == scale.label]
    assert f"{scale.minimum} to {scale.maximum}" in score.range
    assert score.better.startswith(scale.better)
    assert score.change.startswith(str(scale.change))
    assert score.sources == ", ".join(scale.sources)


def test_every_source_named_on_the_page_is_written_out_on_it() -> None:
    shown = help_shown(EDITION)
    named = {number for one in [*shown.scores, *shown.alerts] for number in one.sources.split(", ")}
    assert named == {source.number for source in shown.sources}


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ("status", get_args(OptionStatus)),
        ("finding", get_args(ExtentFinding)),
        ("severity", get_args(Severity)),
        ("follow_up", State.values),
        ("verdict", sorted(VERDICTS - OF_ONE_SCALE)),
    ],
)
def test_every_word_that_data_carry_is_explained(group: str, words: list[str]) -> None:
    explained = {key.partition("-")[2] for key, entry in EDITION.glossary.items() if entry.group == group}
    assert explained == set(words)


def test_every_word_has_its_place_on_the_page(alice: Client) -> None:
    assert {entry.group for entry in EDITION.glossary.values()} == set(GROUPS)
    page = page_of(alice)
    for alert in EDITION.alerts.values():
        assert alert.title in page


def test_the_page_asks_the_database_nothing_of_its_own(alice: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        page_of(alice)
    assert not [query for query in queries if "patients_" in query["sql"]]
