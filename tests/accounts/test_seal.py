"""The chain: what is sealed, what is not yet, and that each kind of tampering is found and named."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from accounts.trail import jobs
from accounts.trail.models import SealBatch, SealPart
from accounts.trail.sealing import seal
from accounts.trail.verifying import Anchor, faults, read_anchors
from tests.personas import NOW, build_house, registered

TRAIL = "trail_accessevent"


def noted(*commands: str) -> None:
    for name in commands:
        jobs.note_command(name, now=NOW)


def sealed() -> None:
    while seal(now=NOW):
        pass


def by_force(statement: str) -> None:
    """What somebody with the owner's login can do: take the walls down, change a row, put them up again."""
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        for table in (TRAIL, "trail_sealbatch", "trail_sealpart"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in (TRAIL, "trail_sealbatch", "trail_sealpart"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def chain(committing_database: str) -> None:
    """Three batches of two rows of the trail each, ids 1 to 6."""
    for start in range(3):
        noted(f"first_of_{start}", f"second_of_{start}")
        sealed()


@pytest.fixture
def elsewhere(committing_database: str) -> Iterator[BaseDatabaseWrapper]:
    """A second connection of the application's login."""
    other = connection.copy()
    yield other
    other.close()


def test_an_untouched_chain_has_no_fault(chain: None) -> None:
    assert list(faults()) == []
    assert SealPart.objects.filter(table=TRAIL).values_list("count", flat=True).count() == 3


def test_what_is_sealed_is_not_sealed_again(chain: None) -> None:
    assert seal(now=NOW) is None


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            "UPDATE trail_accessevent SET actor_name = 'other' WHERE id = 3",
            "Batch 2: row 3 of trail_accessevent was changed.",
        ),
        ("DELETE FROM trail_accessevent WHERE id = 4", "Batch 2: row 4 of trail_accessevent was removed."),
        (
            "UPDATE trail_accessevent SET id = -3 WHERE id = 3",
            "Batch 2: row 3 of trail_accessevent was removed.",
        ),
        (
            "DELETE FROM trail_sealpart WHERE batch_id = 2; DELETE FROM trail_sealbatch WHERE number = 2",
            "Batch 2 is missing.",
        ),
        (
            "DELETE FROM trail_sealpart WHERE batch_id = 3; DELETE FROM trail_sealbatch WHERE number = 3",
            "trail_accessevent was sealed to row 6, and the batches end at 4: later batches are missing.",
        ),
        (
            "UPDATE trail_sealpart SET hash = repeat('0', 64) WHERE batch_id = 1",
            "Batch 1 was changed: its hash is not that of what it says.",
        ),
        (
            "UPDATE trail_sealbatch SET previous_hash = repeat('0', 64) WHERE number = 2",
            "Batch 2 does not follow batch 1: its hash of that one differs.",
        ),
    ],
)
def test_tampering_is_found_and_named(chain: None, statement: str, sentence: str) -> None:
    by_force(statement)
    assert next(faults()) == sentence


def test_a_row_put_in_the_middle_is_found(committing_database: str) -> None:
    noted("first")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT nextval('trail_accessevent_id_seq')")
    noted("last")
    sealed()
    by_force(
        "INSERT INTO trail_accessevent (id, at, actor_kind, actor_name, kind, address)"
        " OVERRIDING SYSTEM VALUE VALUES (2, now(), 'command', 'forged', 'ran', '')"
    )
    assert next(faults()) == "Batch 1: row 2 of trail_accessevent was put in afterwards."


def test_a_changed_history_row_is_found(committing_database: str) -> None:
    with transaction.atomic():
        registered(build_house().alice)
    sealed()
    by_force(
        "SELECT set_config('app.hospital', id::text, true) FROM accounts_hospital WHERE name = 'Hospital A';"
        " UPDATE patients_patientevent SET family_name = 'Other'"
    )
    assert next(faults()) == "Batch 1: row 1 of patients_patientevent was changed."


def test_a_row_that_is_committed_late_does_not_fall_through(elsewhere: BaseDatabaseWrapper) -> None:
    """Two real connections: the slow one has drawn the lower id and commits after the seal."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    elsewhere.set_autocommit(False)
    with elsewhere.cursor() as slow:
        slow.execute(
            "INSERT INTO trail_accessevent (at, actor_kind, actor_name, kind, address)"
            " VALUES (now(), 'command', 'slow', 'ran', '')"
        )
    noted("quick")
    sealed()
    assert not SealPart.objects.filter(table=TRAIL).exists()
    elsewhere.commit()
    sealed()
    assert SealPart.objects.get(table=TRAIL).count == 2
    assert list(faults()) == []


def test_a_writer_who_never_rests_holds_nothing_up(elsewhere: BaseDatabaseWrapper) -> None:
    """What waits is up to an id; whoever begins to write after that is not waited for."""
    elsewhere.set_autocommit(False)
    for name in ("one", "two", "three"):
        with elsewhere.cursor() as slow:
            slow.execute(
                "INSERT INTO trail_accessevent (at, actor_kind, actor_name, kind, address)"
                " VALUES (now(), 'command', %s, 'ran', '')",
                [name],
            )
        sealed()
        elsewhere.commit()
    assert SealPart.objects.filter(table=TRAIL).count() >= 1


def test_the_anchor_finds_a_chain_that_was_made_anew(chain: None, tmp_path: Path) -> None:
    kept = [Anchor(batch.number, batch.hash) for batch in SealBatch.objects.order_by("number")]
    by_force(
        "DELETE FROM trail_sealpart; DELETE FROM trail_sealbatch; DELETE FROM trail_sealmark;"
        " UPDATE trail_accessevent SET actor_name = 'other' WHERE id = 1"
    )
    sealed()
    assert list(faults()) == []
    assert next(faults(anchors=kept)).startswith("Batch 1 is not the one whose hash was written down")


def test_the_command_writes_anchors_and_checks_them(committing_database: str, tmp_path: Path, capsys) -> None:
    anchor = tmp_path / "anchor"
    noted("send_reminders")
    call_command("seal_audit", anchor=anchor)
    assert [one.number for one in read_anchors(anchor.read_text().splitlines())] == [1]
    call_command("verify_audit", anchor=anchor)
    assert capsys.readouterr().out.startswith("Intact: 1 batches")


def test_the_command_ends_with_1_when_something_is_wrong(chain: None, capsys) -> None:
    by_force("DELETE FROM trail_accessevent WHERE id = 1")
    with pytest.raises(SystemExit, match="1"):
        call_command("verify_audit")
    assert "Batch 1: row 1 of trail_accessevent was removed." in capsys.readouterr().out


def test_a_column_that_came_later_is_no_fault(chain: None) -> None:
    by_force("ALTER TABLE trail_accessevent ADD COLUMN later text DEFAULT 'x'")
    assert list(faults()) == []
