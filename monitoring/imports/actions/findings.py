"""What a check or an import has to tell, line by line; each replaces what the one before told."""

from collections.abc import Iterable, Iterator

from django.db import transaction

from monitoring.imports.entries import Problem
from monitoring.imports.models import Batch, Finding, FindingKind

ROWS_PER_STATEMENT = 1_000


@transaction.atomic
def replace(*, batch: Batch, found: dict[FindingKind, list[Problem]]) -> None:
    Finding.objects.filter(batch=batch).delete()
    Finding.objects.bulk_create(_rows(batch, found), batch_size=ROWS_PER_STATEMENT)


def _rows(batch: Batch, found: dict[FindingKind, list[Problem]]) -> Iterator[Finding]:
    for kind, problems in found.items():
        for problem in _in_order(problems):
            yield Finding(
                hospital_id=batch.hospital_id,
                batch=batch,
                kind=kind,
                line=problem.line,
                column=problem.column[:100],
                value=problem.value[:100],
                reason=problem.reason[:400],
            )


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: problem.line)
