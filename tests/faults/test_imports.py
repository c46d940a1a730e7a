"""A file is imported once and whole although workers are killed on the way or work at the same time."""

import threading

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Membership
from accounts.scope import enter_hospital, hospital_scope
from monitoring.imports.actions import batches
from monitoring.imports.models import Batch, Status
from monitoring.imports.working import Outcome, work
from monitoring.results.models import Result
from tests.faults.conftest import Site, kill, wait_for
from tests.monitoring.imports.files import again, many_rows, proposed, table, uploaded
from tests.personas import registered

ROWS, PATIENTS = 3_000, 30


def ready_to_import(by: Membership, rows: int = ROWS) -> Batch:
    """A checked file, committed, that waits for a worker to import it."""
    content = table(*many_rows(rows, PATIENTS))
    with transaction.atomic():
        for number in range(PATIENTS):
            registered(
                by, record_number=f"A-{1001 + number}", birth_date=timezone.now().date().replace(year=1950)
            )
        batch = uploaded(content, by)
        batches.save_columns(batch=batch, chosen=proposed(content), by=by)
        batches.ask_check(batch=batch, by=by, now=timezone.now())
    assert do(by, batch) == Outcome.DONE
    with hospital_scope(by.hospital_id, actor="test"):
        batches.ask_import(batch=batch, accept_unusual=True, by=by, now=timezone.now())
    return batch


def do(by: Membership, batch: Batch) -> Outcome:
    return work(hospital_id=by.hospital_id, batch_id=batch.pk, clock=timezone.now)


def state(by: Membership, batch: Batch) -> tuple[str, int]:
    with transaction.atomic():
        enter_hospital(by.hospital_id)
        return again(batch).status, Result.objects.count()


def test_a_worker_of_the_long_queue_imports_what_was_asked_for(site: Site) -> None:
    alice = site.house.alice
    batch = ready_to_import(alice, rows=60)
    site.start_worker("--queues", "long,mail", "--beat", "-s", str(site.folder / "beat"))
    wait_for(lambda: state(alice, batch)[0] == Status.IMPORTED, "the import")
    assert state(alice, batch)[1] == 60


def test_the_import_of_a_killed_worker_is_done_once_by_the_next(site: Site) -> None:
    alice = site.house.alice
    batch = ready_to_import(alice)
    options = ("--queues", "long,mail", "--beat", "-s", str(site.folder / "beat"))
    worker = site.start_worker(*options)
    wait_for(lambda: has_begun(alice, batch), "a worker that has the file")
    kill(worker)
    assert state(alice, batch) == (Status.IMPORTING, 0)
    site.start_worker(*options)
    wait_for(lambda: state(alice, batch)[0] == Status.IMPORTED, "the import")
    assert state(alice, batch)[1] == ROWS


def test_two_workers_with_the_same_task_import_once(site: Site) -> None:
    alice = site.house.alice
    batch = ready_to_import(alice)
    outcomes: list[Outcome] = []

    def worker() -> None:
        try:
            outcomes.append(do(alice, batch))
        finally:
            connection.close()

    both = [threading.Thread(target=worker) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(outcomes) == sorted([Outcome.DONE, Outcome.NOTHING_TO_DO])
    assert state(alice, batch) == (Status.IMPORTED, ROWS)
    assert do(alice, batch) == Outcome.NOTHING_TO_DO


def test_an_import_that_is_stopped_while_it_writes_leaves_nothing(site: Site) -> None:
    alice = site.house.alice
    batch = ready_to_import(alice)
    outcomes: list[Outcome] = []
    thread = threading.Thread(target=lambda: (outcomes.append(do(alice, batch)), connection.close()))
    thread.start()
    wait_for(lambda: has_begun(alice, batch), "a worker that has the file")
    with hospital_scope(alice.hospital_id, actor="test"):
        batches.cancel(batch=batch, by=alice)
    thread.join()
    assert outcomes == [Outcome.STOPPED]
    assert state(alice, batch) == (Status.CHECKED, 0)


def has_begun(by: Membership, batch: Batch) -> bool:
    """Whether a worker has counted its attempt, which it does just before it takes the file."""
    with transaction.atomic():
        enter_hospital(by.hospital_id)
        return again(batch).attempts == 1
