"""How a file is read and what its columns and names mean."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.middleware import MemberRequest
from accounts.queries import require_membership
from guideline.edition import load_edition
from monitoring.imports import checking, mapping, presenters, queries, tasks
from monitoring.imports.actions import batches
from monitoring.imports.files.content import Layout, read_table
from monitoring.imports.files.table import Table
from monitoring.imports.forms.columns import ColumnsForm, NamesForm
from monitoring.imports.forms.layout import LayoutForm
from monitoring.imports.mapping import ColumnMap, Role
from monitoring.imports.models import Batch, Status
from monitoring.imports.views.frames import frame_of, load_batch, to_batch
from monitoring.results.units import SPELLINGS

MOST_NAMES = 200
EDITABLE = {Status.COLUMNS, Status.CHECKED}


@require_http_methods(["GET", "POST"])
def columns(request: MemberRequest, batch_id: UUID) -> HttpResponse:
    """Show how the file is read and what its columns mean, and take changes of both."""
    batch = load_batch(request, batch_id)
    if batch.status not in EDITABLE:
        return to_batch(batch)
    content = bytes(batch.file.content)
    layout = Layout(**batch.layout)
    reading = LayoutForm(
        request.POST if "read_again" in request.POST else None, content=content, layout=layout
    )
    if request.method == "POST" and "read_again" in request.POST and reading.is_valid():
        return _moved_or(batch, lambda: _read_again(request, batch, reading.layout))
    table = read_table(content, layout)
    proposed, remembered = _proposed(batch, table)
    form = ColumnsForm(
        request.POST if request.method == "POST" and "read_again" not in request.POST else None,
        table=table,
        proposed=proposed,
        edition=load_edition(),
        of_one_patient=batch.patient_id is not None,
    )
    form.show_settled(
        checking.settled_mark(table, replace(proposed, mark="")),
        checking.settled_order(table, replace(proposed, day_order="")),
    )
    if form.is_bound and form.is_valid():
        return _moved_or(batch, lambda: _save(request, batch, table, form.chosen))
    context = {
        "form": form,
        "reading": reading,
        "read_as": presenters.layout_in_words(layout, table),
        "remembered": remembered,
        "known": {role.value: words for role, words in queries.known_words_of(batch.hospital_id).items()},
        "units": sorted({names[0] for names in SPELLINGS.values() if names[0]}),
    }
    status = 422 if form.errors or reading.errors else 200
    return render(request, "monitoring/imports/columns.html", frame_of(batch) | context, status=status)


@require_http_methods(["GET", "POST"])
def names(request: MemberRequest, batch_id: UUID) -> HttpResponse:
    """Ask what the names of the file stand for that neither the catalogue nor the source knows."""
    batch = load_batch(request, batch_id)
    if batch.status not in EDITABLE or not batch.column_map:
        return to_batch(batch)
    edition = load_edition()
    chosen = ColumnMap.from_json(batch.column_map)
    table = read_table(bytes(batch.file.content), Layout(**batch.layout))
    unknown = mapping.unknown_names(table, chosen, edition)
    form = NamesForm(request.POST or None, names=unknown[:MOST_NAMES], edition=edition)
    if request.method == "POST" and form.is_valid():
        known = replace(chosen, names={**chosen.names, **form.names})
        return _moved_or(batch, lambda: _save(request, batch, table, known))
    context = {"form": form, "too_many": len(unknown) > MOST_NAMES, "number": len(unknown)}
    status = 422 if form.errors else 200
    return render(request, "monitoring/imports/names.html", frame_of(batch) | context, status=status)


def _proposed(batch: Batch, table: Table) -> tuple[ColumnMap, bool]:
    """What the page offers first, and whether it is remembered from an earlier file of the source."""
    edition = load_edition()
    if batch.column_map:
        saved = ColumnMap.from_json(batch.column_map)
        if saved.headers == table.headers:
            return saved, False
    if batch.source.column_map:
        stored = ColumnMap.from_json(batch.source.column_map)
        known = mapping.remembered(table, stored, edition)
        if known is not None:
            return known, True
    return mapping.proposal(table, edition), False


def _read_again(request: MemberRequest, batch: Batch, layout: Layout) -> HttpResponse:
    batches.read_again(batch=batch, layout=layout, by=require_membership(request))
    return redirect("imports:columns", batch.pk)


def _save(request: MemberRequest, batch: Batch, table: Table, chosen: ColumnMap) -> HttpResponse:
    """Keep the choices; go on to the names if some are unknown, else have the file checked."""
    me = require_membership(request)
    saved = batches.save_columns(batch=batch, chosen=chosen, by=me)
    if chosen.place(Role.ANALYTE) is not None and mapping.unknown_names(table, chosen, load_edition()):
        return redirect("imports:names", batch.pk)
    asked = batches.ask_check(batch=saved, by=me, now=timezone.now())
    transaction.on_commit(lambda: tasks.queue(asked), robust=True)
    return to_batch(asked)


def _moved_or(batch: Batch, act: Any) -> HttpResponse:
    """What ``act`` answers, or the batch as somebody else has moved it."""
    try:
        answer: HttpResponse = act()
    except batches.BatchMovedError:
        return to_batch(batch)
    return answer
