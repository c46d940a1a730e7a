"""Two people at the same moment, with transactions that really commit."""

import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from accounts.scope import enter_hospital
from monitoring.results.models import Result
from patients.actions.identity import StalePatientError
from patients.closed import RecordClosedError
from patients.models import CareTeamMember, Merge, Patient, Treatment
from poems_site.workflows.merge import preview
from tests.personas import NOW, House, build_house, registered, signed_in
from tests.workflows.builders import a_treatment, accepted, died, merged, offered


@pytest.fixture
def house(committing_database: str) -> House:
    with transaction.atomic():
        return build_house()


@pytest.fixture
def two(house: House) -> tuple[Patient, Patient]:
    """Two records of one person; the second was given something."""
    with transaction.atomic():
        one = registered(house.alice)
        other = registered(house.alice, record_number="A-2002")
        a_treatment(other, house.alice)
    return one, other


def at_once(house: House, works: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each returned or raised, begun together, each in a transaction for hospital A."""
    start, results = threading.Barrier(len(works)), []

    def run(work: Callable[[], Any]) -> None:
        try:
            start.wait()
            with transaction.atomic():
                enter_hospital(house.a.pk)
                results.append(work())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_two_deaths_one_is_recorded_and_the_other_is_told(
    house: House, two: tuple[Patient, Patient]
) -> None:
    first = partial(died, two[0], house.alice, "2 May 2026", expected_version=1)
    second = partial(died, two[0], house.alice, "3 May 2026", expected_version=1)
    results = at_once(house, [first, second])
    assert sum(isinstance(result, StalePatientError) for result in results) == 1
    assert sum(isinstance(result, Patient) for result in results) == 1


def test_two_records_merged_into_each_other_at_once_are_one_after(
    house: House, two: tuple[Patient, Patient]
) -> None:
    with transaction.atomic():
        enter_hospital(house.a.pk)
        seen = [
            preview(kept=kept, closed=closed, by=house.alice, now=NOW).fingerprint
            for kept, closed in (two, two[::-1])
        ]
    works = [
        partial(merged, *pair, house.alice, seen=each, submission=uuid4())
        for pair, each in zip((two, two[::-1]), seen, strict=True)
    ]
    results = at_once(house, works)
    assert sum(isinstance(result, Merge) for result in results) == 1
    assert sum(isinstance(result, RecordClosedError) for result in results) == 1


def test_what_is_entered_while_records_merge_is_refused_or_moves(
    house: House, two: tuple[Patient, Patient]
) -> None:
    """Through the page, as people do it: nothing is left behind in the closed record unseen."""
    kept, closed = two
    client = signed_in(house.alice)
    form = {"kind": "systemic", "name": "VRd", "started_on": "2026-01-01", "continues": "unknown"}
    enter = partial(client.post, f"/patients/{closed.pk}/treatments/add/", form)
    with transaction.atomic():
        enter_hospital(house.a.pk)
        seen = preview(kept=kept, closed=closed, by=house.alice, now=NOW).fingerprint
    at_once(house, [enter, partial(merged, kept, closed, house.alice, seen=seen, submission=uuid4())])
    with transaction.atomic():
        enter_hospital(house.a.pk)
        closed.refresh_from_db()
        left = Treatment.objects.of(closed).count() + Result.objects.of(closed).count()
        assert closed.is_in_care or left == 0


def test_an_offer_is_accepted_once(house: House, two: tuple[Patient, Patient]) -> None:
    with transaction.atomic():
        enter_hospital(house.a.pk)
        standing = offered(two[0], house)
    results = at_once(house, [partial(accepted, standing, house) for _ in range(2)])
    assert [type(result) for result in results] == [Patient, Patient]
    with transaction.atomic():
        enter_hospital(house.b.pk)
        assert CareTeamMember.objects.count() == 1
