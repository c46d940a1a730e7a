"""At review: what the record says otherwise than the draft, taken over or kept with one key each."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import QueryDict

from guideline.fact_table import FACT
from treatment.actions import settling
from treatment.forms.answers import field_name
from treatment.newer import Newer, newer_on_record
from treatment.views.desk import Desk

ALL = "all"
CHANGED = "Draft or record changed after you opened this page. Nothing was done; this is how they stand now."
TO_SETTLE = "The record and this draft differ: take over or keep each of the facts listed above."


def found_at(desk: Desk) -> list[Newer]:
    return newer_on_record(desk.contents, desk.recorded, desk.prefills, desk.edition, on=desk.today)


def save(
    desk: Desk, data: QueryDict, context: Callable[[Desk], dict[str, Any]]
) -> Callable[[Desk], Any] | None:
    """Settle what a button names, or all of it; what makes the page that says why something was not done.

    Raises StaleAnswerError.
    """
    named = data.get("take") or data.get("keep") or ""
    wanted = [one for one in found_at(desk) if named in (one.path, ALL)]
    if not wanted:
        return None
    seen = {one.path: data.get(f"newer-{field_name(one.path)}", "") for one in wanted}
    if any(seen[one.path] != one.key for one in wanted):
        return partial(_with_trouble, context=context, sentence=CHANGED)
    settle = settling.take_over if "take" in data else settling.keep
    outcome = settle(
        draft=desk.draft,
        found=[one for one in wanted if "keep" in data or one.lapsed_after is None],
        prefills=desk.prefills,
        by=desk.member,
        now=desk.now,
        on=desk.today,
    )
    if not outcome.refused:
        return None
    sentences = [f"{FACT[path].label}: {sentence}" for path, sentence in outcome.refused.items()]
    return partial(_with_trouble, context=context, sentence=" ".join(sentences))


def _with_trouble(desk: Desk, *, context: Callable[[Desk], dict[str, Any]], sentence: str) -> dict[str, Any]:
    return context(desk) | {"trouble": sentence}
