"""What the guideline points out in one course, as it is kept: in words, with what it rests on."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from guideline.course import interpret
from guideline.course.history import History
from guideline.course.reading import SEVERITIES, Alert as Told
from guideline.edition import Edition


@dataclass(frozen=True)
class Found:
    """One alert of a reading; the names are those of the columns of ``models.Alert``."""

    rule: str
    absence: bool
    severity: str
    since: date
    text: str
    why: dict[str, Any]
    content_version: str
    fingerprint: str


@dataclass(frozen=True)
class Awaited:
    """What the follow-ups of a patient say about missing examinations, by their kind.

    ``open`` are kinds whose window is open now, ``closed`` the newest day on which one was closed with a
    reason.
    """

    open: frozenset[str] = frozenset()
    closed: Mapping[str, date] | None = None

    def closed_since(self, kinds: tuple[str, ...], day: date) -> bool:
        """Whether somebody said, on that day or later, why one of these examinations is not made."""
        closed = self.closed or {}
        return any(kind in closed and closed[kind] >= day for kind in kinds)


@dataclass(frozen=True)
class Findings:
    """The alerts to show, and why others that are true are not shown."""

    shown: Mapping[str, Found]
    closed: frozenset[str]
    left_to_follow_up: frozenset[str]


def severity_rank(severity: str) -> int:
    """0 is the most severe."""
    return [*SEVERITIES, ""].index(severity)


def findings_of(history: History, edition: Edition, awaited: Awaited) -> Findings:
    """Every fact has one voice: one alert, or the follow-up that waits for it (docs/reading-a-course.md)."""
    told = {alert.id: alert for alert in interpret(history, edition).alerts}
    covered = {other for id in told for other in edition.alert(id).instead_of}
    closed, left = set(), set()
    for id, alert in told.items():
        entry = edition.alert(id)
        if entry.absence and awaited.closed_since(entry.follow_ups, alert.since):
            closed.add(id)
        elif _follow_up_speaks(alert, edition, awaited):
            left.add(id)
    shown = {id: _found(alert, edition) for id, alert in told.items() if id not in covered | closed | left}
    return Findings(shown, frozenset(closed), frozenset(left))


def _follow_up_speaks(alert: Told, edition: Edition, awaited: Awaited) -> bool:
    """Whether a follow-up asks for the same examination now and the alert says no more than that."""
    entry = edition.alert(alert.id)
    says_more = entry.first or alert.severity != "info"
    return entry.absence and not says_more and bool(awaited.open.intersection(entry.follow_ups))


def _found(alert: Told, edition: Edition) -> Found:
    facts = [
        {"role": fact.role, "label": fact.label, "value": fact.shown, "on": fact.on.isoformat()}
        for fact in alert.facts
    ]
    thresholds = [
        {"label": threshold.label, "value": str(threshold.value), "unit": threshold.unit}
        for threshold in map(edition.threshold, alert.thresholds)
    ]
    return Found(
        rule=alert.id,
        absence=edition.alert(alert.id).absence,
        severity=alert.severity,
        since=alert.since,
        text=alert.text,
        why={
            "rule": alert.rule_in_words,
            "thresholds": thresholds,
            "sources": list(alert.sources),
            "facts": facts,
        },
        content_version=edition.version,
        fingerprint=hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest(),
    )
