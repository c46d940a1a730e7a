"""One file on its way: what the check found, how far a worker is, and what became of it."""

import io
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from accounts.middleware import MemberRequest
from accounts.posted import whole_number
from accounts.queries import require_membership
from monitoring.imports import presenters, progress, queries, tasks
from monitoring.imports.actions import batches
from monitoring.imports.files.content import Layout, read_table
from monitoring.imports.models import Batch, BatchFile, Finding, FindingKind, Status
from monitoring.imports.models.batches import IN_WORK
from monitoring.imports.views.frames import frame_of, load_batch, to_batch
from monitoring.results.defused import write_csv

MOVED = "The file went on meanwhile, perhaps in another window; this is how it stands now."


@require_GET
def batch(request: MemberRequest, batch_id: UUID) -> HttpResponse:
    """The page of a file; while a worker has it, only its bar is asked for again and again."""
    batch = load_batch(request, batch_id)
    polled = bool(request.headers.get("HX-Request"))
    if batch.status in IN_WORK:
        context = {"percent": progress.percent_of(batch.pk)}
        template = "monitoring/imports/working.html" + ("#bar" if polled else "")
        return render(request, template, frame_of(batch) | context)
    if polled:
        return HttpResponseClientRefresh()
    if batch.status == Status.COLUMNS and not batch.trouble:
        return redirect("imports:columns", batch.pk)
    return render(request, "monitoring/imports/batch.html", frame_of(batch) | _found(request, batch))


@require_POST
def start(request: MemberRequest, batch_id: UUID) -> HttpResponse:
    """Bring into the record what was checked."""
    batch = load_batch(request, batch_id)
    try:
        asked = batches.ask_import(
            batch=batch,
            accept_unusual=request.POST.get("accept_unusual") == "1",
            by=require_membership(request),
            now=timezone.now(),
        )
    except batches.BatchMovedError:
        messages.warning(request, MOVED)
        return to_batch(batch)
    if asked.status == Status.IMPORTING:
        transaction.on_commit(lambda: tasks.queue(asked), robust=True)
    return to_batch(asked)


@require_POST
def cancel(request: MemberRequest, batch_id: UUID) -> HttpResponse:
    batch = load_batch(request, batch_id)
    try:
        batches.cancel(batch=batch, by=require_membership(request))
    except batches.BatchMovedError:
        messages.warning(request, "It had come to its end already; this is how it stands now.")
    return to_batch(batch)


@require_POST
def discard(request: MemberRequest, batch_id: UUID) -> HttpResponse:
    batch = load_batch(request, batch_id)
    try:
        batches.discard(batch=batch, by=require_membership(request))
    except batches.BatchMovedError:
        messages.warning(request, MOVED)
        return to_batch(batch)
    messages.success(request, "File discarded. Nothing of it was imported.")
    return redirect("imports:list")


@require_GET
def refused(request: MemberRequest, batch_id: UUID) -> HttpResponse:
    """The refused rows as CSV with the reason beside each, to be repaired and uploaded again."""
    batch = load_batch(request, batch_id)
    file = BatchFile.objects.filter(batch=batch).first()
    if file is None or batch.status not in {Status.CHECKED, Status.IMPORTED}:
        raise Http404("The file is not here any more.")
    table = read_table(bytes(file.content), Layout(**batch.layout))
    found = Finding.objects.filter(batch=batch, kind=FindingKind.REFUSED).order_by("line", "pk")
    text = io.StringIO()
    write_csv(text, presenters.refused_rows(table, list(found)))
    # The mark tells spreadsheets that it is Unicode; µ would be lost without it.
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="refused-rows.csv"'
    return answer


def _found(request: MemberRequest, batch: Batch) -> dict[str, Any]:
    """The numbers of the check, and one page of one list of findings."""
    tallies = presenters.tallies(batch)
    kinds = [tally.kind for tally in tallies if tally.kind and tally.number]
    asked_for = request.GET.get("show", "")
    kind = asked_for if asked_for in kinds else _first_to_look_at(kinds)
    after = request.GET.get("after", "")
    after_key = whole_number(after, below=2**63)
    rows = queries.findings_of(batch, kind, after=after_key) if kind else []
    here = reverse("imports:batch", args=[batch.pk])
    shown = rows[: queries.FINDINGS_PER_PAGE]
    more = len(rows) > len(shown)
    counts = batch.counts
    return {
        "tallies": tallies,
        "kind": kind,
        "kind_label": FindingKind(kind).label if kind else "",
        "findings": shown,
        "first_url": f"{here}?show={kind}#findings" if after_key else "",
        "next_url": f"{here}?show={kind}&after={shown[-1].pk}#findings" if more else "",
        "to_import": counts.get("new", 0) + counts.get("corrected", 0),
        "has_file": BatchFile.objects.filter(batch=batch).exists(),
    }


def _first_to_look_at(kinds: list[str]) -> str:
    order = (FindingKind.REFUSED, FindingKind.UNUSUAL, FindingKind.CORRECTED, FindingKind.CHANGED_SINCE)
    return next((kind for kind in order if kind in kinds), "")
