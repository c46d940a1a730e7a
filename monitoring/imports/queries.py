"""Reads an import needs: whom rows may name, what is known already, and what a page shows."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models.expressions import RawSQL

from accounts.models import Membership
from monitoring.imports.cells import Person
from monitoring.imports.comparing import Known, Standing
from monitoring.imports.entries import Answer, Entry, Place
from monitoring.imports.mapping import Role
from monitoring.imports.models import Batch, Finding, Source, Status, Told
from monitoring.imports.models.batches import IN_WORK
from monitoring.results.models import Precision, Result
from monitoring.results.moments import Collected
from patients.models import Patient

FINDINGS_PER_PAGE = 50
BATCHES_SHOWN = 50
STANDING_FIELDS = (
    *("id", "version", "patient_id", "analyte", "specimen"),
    *("collected_on", "collected_precision", "collected_at_time", "collected_at"),
    *("value", "comparator", "text", "unit"),
    *("laboratory", "method", "lower_limit", "upper_limit", "source_id", "state"),
)


def people_of(member: Membership) -> list[Person]:
    """Whom the rows of the member's file may name: whose records are open to them.

    The number of a record that was merged leads to the record that is kept.
    """
    rows = Patient.objects.visible_to(member)
    fields = ("id", "merged_into_id", "record_number", "birth_date")
    return [Person(kept or own, number, born) for own, kept, number, born in rows.values_list(*fields)]


def known_words_of(hospital_id: UUID) -> Mapping[Role, Sequence[str]]:
    """The laboratories and methods that results of the hospital name."""
    results = Result.objects.filter(hospital_id=hospital_id)
    return {
        role: list(results.exclude(**{role: ""}).values_list(role, flat=True).distinct())
        for role in (Role.LABORATORY, Role.METHOD)
    }


def known_of(source: Source, entries: Collection[Entry]) -> Known:
    """All that is known of what the entries tell, in four queries whatever their number."""
    told = Told.objects.filter(source=source)
    prints = [entry.fingerprint for entry in entries]
    # One parameter whatever their number: thousands of single ones take longer to write than to look up.
    among = RawSQL("SELECT unnest(%s::uuid[])", [prints])
    by_print = dict(told.filter(fingerprint__in=among).values_list("fingerprint", "result_id"))
    numbers = {entry.source_id for entry in entries if entry.source_id}
    identified = {
        (number, analyte): result_id
        for number, analyte, result_id in told.filter(source_identifier__in=numbers)
        .order_by("id")
        .values_list("source_identifier", "result__analyte", "result_id")
    }
    standing = _standing({*by_print.values(), *identified.values()}, entries)
    from_source = told.filter(result_id__in=list(standing)).values_list("result_id", flat=True)
    return Known(by_print, identified, standing, frozenset(from_source))


def batches_of(member: Membership) -> list[Batch]:
    """The newest that are open to the member, with what a list shows of each."""
    rows = Batch.objects.open_to(member).exclude(status=Status.DISCARDED)
    return list(
        rows.select_related("source", "uploaded_by", "file")
        .defer("file__content")
        .order_by("-uploaded_at")[:BATCHES_SHOWN]
    )


def findings_of(batch: Batch, kind: str, *, after: int = 0) -> list[Finding]:
    """One page of findings and one more, which tells that there is a next page."""
    rows = Finding.objects.filter(batch=batch, kind=kind, pk__gt=after)
    return list(rows.order_by("pk")[: FINDINGS_PER_PAGE + 1])


def waiting(hospital_id: UUID, *, asked_before: datetime) -> list[UUID]:
    """Batches that should be in work and were asked for a while ago."""
    rows = Batch.objects.in_hospital(hospital_id).filter(status__in=IN_WORK, asked_at__lte=asked_before)
    return list(rows.values_list("pk", flat=True))


def _standing(ids: Collection[int], entries: Collection[Entry]) -> dict[int, Standing]:
    """The results with these ids, and all at the entries' places and times."""
    if not entries:
        return {}
    days = [entry.place.collected.on for entry in entries]
    near = Result.objects.filter(
        patient_id__in={entry.place.patient_id for entry in entries},
        analyte__in={entry.place.analyte for entry in entries},
        collected_on__range=(min(days), max(days)),
    )
    rows = {row[0]: row for row in near.values_list(*STANDING_FIELDS)}
    missing = [key for key in ids if key not in rows]
    if missing:
        rows |= {row[0]: row for row in Result.objects.filter(pk__in=missing).values_list(*STANDING_FIELDS)}
    return {key: _as_standing(*row) for key, row in rows.items()}


def _as_standing(*row: Any) -> Standing:
    """A row of STANDING_FIELDS."""
    key, version, patient_id, analyte, specimen, on, precision, local_time, instant = row[:9]
    collected = Collected(on, Precision(precision), local_time, instant)
    return Standing(
        key, version, Place(patient_id, analyte, specimen, collected), Answer(*row[9:13]), *row[13:]
    )
