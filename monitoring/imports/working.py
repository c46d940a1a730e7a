"""What a worker does with a batch: check it or bring it into the record, in one transaction."""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from accounts.models import Membership
from accounts.scope import hospital_scope
from guideline.edition import load_edition
from monitoring.imports import checking, progress, queries
from monitoring.imports.actions import claims, findings, told
from monitoring.imports.comparing import Comparison, answer_shown, compare
from monitoring.imports.entries import Entry, Problem
from monitoring.imports.files.content import Layout, read_table
from monitoring.imports.files.table import FileError
from monitoring.imports.mapping import ColumnMap
from monitoring.imports.models import Batch, BatchFile, FindingKind, Source, Status
from monitoring.results.actions import bulk
from monitoring.results.changed import results_changed
from monitoring.results.models import State
from patients.changed import tell_when_committed

logger = logging.getLogger(__name__)
ACTOR = "imports"
# How much of the bar each part is.
READING, WRITING = 50, 45
TOO_MANY = "One patient has more results in this file than one import takes; split the file."
CHANGED = "Somebody corrected one of these results meanwhile; check the file again. Nothing was imported."


class Outcome(StrEnum):
    DONE = "done"
    NOTHING_TO_DO = "nothing to do"
    STOPPED = "stopped"
    UNWORKABLE = "unworkable"


def work(*, hospital_id: UUID, batch_id: UUID, clock: Callable[[], datetime]) -> Outcome:
    """Do the step that somebody asked for. Any number of workers may try: one does it, and once."""
    with hospital_scope(hospital_id, actor=ACTOR):
        begun = claims.begin(batch_id=batch_id)
    if begun is None:
        return Outcome.NOTHING_TO_DO
    trouble = ""
    try:
        with hospital_scope(hospital_id, actor=str(begun.asked_by)):
            _do(claims.hold(batch_id=batch_id, status=begun.status), begun.status, clock)
        outcome = Outcome.DONE
    except claims.HeldError:
        outcome = Outcome.NOTHING_TO_DO
    except claims.StoppedError:
        outcome = Outcome.STOPPED
    except (claims.UnworkableError, FileError) as error:
        outcome, trouble = Outcome.UNWORKABLE, str(error)
    except bulk.TooManyOfOnePatientError:
        outcome, trouble = Outcome.UNWORKABLE, TOO_MANY
    except bulk.ChangedMeanwhileError:
        outcome, trouble = Outcome.UNWORKABLE, CHANGED
    if trouble:
        with hospital_scope(hospital_id, actor=ACTOR):
            claims.stop(batch_id=batch_id, status=begun.status, trouble=trouble)
    logger.info("import %s, %s: %s", batch_id, begun.status, outcome)
    return outcome


def _do(file: BatchFile, status: Status, clock: Callable[[], datetime]) -> None:
    batch: Batch = file.batch
    by = claims.asker(batch)
    look_up = _Lookout(batch.pk, status)
    if status == Status.IMPORTING:
        # Two files of one source one after the other: what the first tells, the second finds told.
        Source.objects.select_for_update().get(pk=batch.source_id)
    now = clock()
    tells = _read(file, by, now, look_up.reading)
    edition = load_edition()
    doubts = checking.unusual(tells.entries, edition)
    refused, entries = list(tells.problems), tells.entries
    if status == Status.IMPORTING and not batch.accept_unusual:
        left = {(doubt.line, doubt.column) for doubt in doubts}
        entries = [entry for entry in entries if (entry.line, entry.column) not in left]
        refused += doubts
        doubts = []
    comparison = compare(entries, queries.known_of(batch.source, entries))
    refused += comparison.refused
    if status == Status.IMPORTING:
        _write(batch, comparison, by, now, look_up.writing)
    findings.replace(batch=batch, found=_found(comparison, refused, doubts))
    counts = _counts(comparison, refused, doubts, tells.left_out)
    claims.finish(batch_id=batch.pk, status=status, counts=counts, now=now)
    if status == Status.IMPORTING:
        tell_when_committed(batch.hospital_id)
    progress.report(batch.pk, 100)


def _read(
    file: BatchFile, by: Membership, now: datetime, look_up: Callable[[float], None]
) -> checking.FileTells:
    batch: Batch = file.batch
    zone = ZoneInfo(by.hospital.time_zone)
    people = queries.people_of(by)
    if batch.patient_id is not None and batch.patient_id not in {person.id for person in people}:
        raise claims.UnworkableError("The patient is no longer in this hospital. Nothing was imported.")
    around = checking.Surroundings(
        edition=load_edition(),
        people=people,
        known_words=queries.known_words_of(batch.hospital_id),
        zone=zone,
        today=now.astimezone(zone).date(),
        only=batch.patient_id,
    )
    layout = Layout(**batch.layout)
    table = read_table(bytes(file.content), layout)
    chosen = ColumnMap.from_json(batch.column_map)
    padded = layout.kind == "spreadsheet"
    return checking.read_rows(table, chosen, around, padded=padded, look_up=look_up)


def _write(
    batch: Batch, comparison: Comparison, by: Membership, now: datetime, look_up: Callable[[float], None]
) -> None:
    """New and corrected results, and what the source has told by them."""
    writer = bulk.Writer(submission=batch.pk, by=by, now=now)
    written = list(comparison.twins)
    for done, some in _slices(comparison.new, bulk.ROWS_PER_STATEMENT):
        look_up(done / len(comparison.new))
        rows = [(entry.place.patient_id, entry.as_result(entry.state or State.FINAL)) for entry in some]
        written += zip(some, writer.add(rows), strict=True)
    bulk.correct_many(
        corrections=[
            (one.standing.id, one.standing.version, one.entry.as_result(one.state))
            for one in comparison.corrected
        ],
        by=by,
    )
    written += [(one.entry, one.standing.id) for one in comparison.corrected]
    told.note(batch=batch, told=written)
    results_changed({entry.place.patient_id for entry, _ in written}, by=by)


def _found(
    comparison: Comparison, refused: list[Problem], doubts: list[Problem]
) -> dict[FindingKind, list[Problem]]:
    changed = [
        Problem(
            entry.line,
            entry.column,
            answer_shown(entry.answer),
            f"The record says {answer_shown(standing.answer)} by now and is left so.",
        )
        for entry, standing in comparison.changed_since
    ]
    corrected = [
        Problem(one.entry.line, one.entry.column, answer_shown(one.entry.answer), one.in_words)
        for one in comparison.corrected
    ]
    return {
        FindingKind.REFUSED: refused,
        FindingKind.UNUSUAL: doubts,
        FindingKind.CORRECTED: corrected,
        FindingKind.CHANGED_SINCE: changed,
    }


def _counts(
    comparison: Comparison, refused: list[Problem], doubts: list[Problem], left_out: int
) -> dict[str, int]:
    return {
        "new": len(comparison.new),
        "same": comparison.same,
        "corrected": len(comparison.corrected),
        "changed_since": len(comparison.changed_since),
        "refused": len({problem.line for problem in refused}),
        "unusual": len(doubts),
        "left_out": left_out,
    }


class _Lookout:
    """Now and then looks whether the work is still wanted, and says how far it is."""

    def __init__(self, batch_id: UUID, status: Status) -> None:
        self._batch_id = batch_id
        self._status = status
        self._whole = READING if status == Status.IMPORTING else READING + WRITING

    def reading(self, share: float) -> None:
        self._look(round(share * self._whole))

    def writing(self, share: float) -> None:
        self._look(round(READING + share * WRITING))

    def _look(self, percent: int) -> None:
        claims.check_wanted(batch_id=self._batch_id, status=self._status)
        progress.report(self._batch_id, percent)


def _slices(entries: Sequence[Entry], size: int) -> Iterator[tuple[int, Sequence[Entry]]]:
    for start in range(0, len(entries), size):
        yield start, entries[start : start + size]
