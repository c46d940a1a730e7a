"""What the pages of a plan, and its signature, ask of the database: little, however long the plan."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.personas import PASSWORD
from tests.treatment.signed import amended, make_ready, signed
from tests.treatment.wizard_driver import Wizard
from treatment.models import Plan

MOST_MORE = {"options": 9, "sign": 24, "plan": 7, "changes": 10, "today": 18}
MOST_FOR_A_SIGNATURE = 100


@pytest.fixture
def ready(wizard: Wizard) -> Wizard:
    cache.clear()
    return make_ready(wizard)


def queries(asking: Callable[[], object]) -> int:
    asking()  # what is read once and kept is read now
    with CaptureQueriesContext(connection) as found:
        asking()
    return len(found)


def beyond_the_shell(client: Client, address: str) -> int:
    """The page's queries less those of a page that only has the frame around it."""
    return queries(lambda: client.get(address)) - queries(lambda: client.get("/help/"))


@pytest.mark.parametrize("step", ["options", "sign"])
def test_a_step_asks_the_database_little(ready: Wizard, step: str) -> None:
    assert beyond_the_shell(ready.client, ready.url(step)) <= MOST_MORE[step]


def test_a_signed_plan_its_changes_and_todays_guideline_ask_the_database_little(ready: Wizard) -> None:
    second = signed(amended(ready, signed(ready)))
    address = f"/patients/{second.patient_id}/plans/signed/{second.pk}/"
    for page, path in (("plan", ""), ("changes", "changes/"), ("today", "today/")):
        assert beyond_the_shell(ready.client, f"{address}{path}") <= MOST_MORE[page], page


def test_a_signature_with_a_schedule_of_ten_years_asks_the_database_little(ready: Wizard) -> None:
    with CaptureQueriesContext(connection) as found:
        assert ready.sign(PASSWORD).status_code == 302
    assert len(Plan.objects.get().follow_ups) > 50
    assert len(found) <= MOST_FOR_A_SIGNATURE
