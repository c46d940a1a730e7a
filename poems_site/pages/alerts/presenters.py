"""What the pages show of alerts, as plain data; templates turn it into HTML."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from approval.standing import content_shown
from guideline.edition import Edition, load_edition
from monitoring.alerts.models import (
    OVERRIDES,
    Alert,
    AlertStep,
    Ending,
    Happening,
    NextStep,
    Reason,
    Return,
)
from monitoring.alerts.queries import urgency_of
from poems_site.pages.alerts.todo import Todo, todo_of


@dataclass(frozen=True)
class Step:
    """One thing that happened, in words."""

    at: datetime
    by: str
    text: str
    note: str


@dataclass(frozen=True)
class Card:
    """One alert with what is behind it. ``rests``: acknowledged and silent until ``alert.review_on``."""

    alert: Alert
    title: str
    todo: Todo
    facts: Sequence[Mapping[str, Any]]
    rule: str
    content: str
    thresholds: Sequence[Mapping[str, str]]
    sources: Sequence[str]
    steps: tuple[Step, ...]
    rests: bool
    acknowledged: str
    closable: bool


@dataclass(frozen=True)
class Cards:
    """Of one patient: what asks, worst first; what rests; what ended lately, newest first."""

    asking: list[Card]
    resting: list[Card]
    ended: list[Card]


def cards_of(
    alerts: Iterable[Alert],
    steps: Mapping[object, Sequence[AlertStep]],
    open_kinds: frozenset[str],
    radiation_id: int | None,
    *,
    edition: Edition,
    on: date,
) -> Cards:
    """``open_kinds`` are the kinds of the patient's planned follow-ups."""
    cards = Cards([], [], [])
    for alert in sorted(alerts, key=lambda one: urgency_of(one, edition)):
        card = _card(alert, steps.get(alert.pk, ()), open_kinds, radiation_id, edition, on=on)
        if alert.resolved_at is not None:
            cards.ended.append(card)
        else:
            (cards.resting if card.rests else cards.asking).append(card)
    cards.ended.sort(key=lambda card: card.alert.resolved_at or card.alert.opened_at, reverse=True)
    return cards


def _card(
    alert: Alert,
    steps: Sequence[AlertStep],
    open_kinds: frozenset[str],
    radiation_id: int | None,
    edition: Edition,
    *,
    on: date,
) -> Card:
    entry = edition.alert(alert.rule)
    rests = alert.review_on is not None and alert.review_on > on
    return Card(
        alert=alert,
        title=entry.title,
        todo=todo_of(alert.rule, alert.patient_id, radiation_id),
        facts=[fact | {"on": date.fromisoformat(fact["on"])} for fact in alert.why["facts"]],
        rule=alert.why["rule"],
        content=_content(alert, edition),
        thresholds=alert.why["thresholds"],
        sources=[_source(key, edition) for key in alert.why["sources"]],
        steps=tuple(_step(step) for step in steps),
        rests=rests,
        acknowledged=Reason(alert.reason).label if alert.reason else "",
        closable=alert.absence and bool(open_kinds.intersection(entry.follow_ups)),
    )


def _content(alert: Alert, edition: Edition) -> str:
    """The content that raised it; whoever approved a later version said nothing of this one."""
    is_in_use = alert.content_version == edition.version
    return content_shown(edition) if is_in_use else f"version {alert.content_version}, no longer in use"


def _source(key: str, edition: Edition) -> str:
    """The source as it is cited; its key where a later edition no longer has it."""
    source = edition.sources.get(key)
    return key if source is None else f"{source.title}. {source.published_in}"


def _step(step: AlertStep) -> Step:
    return Step(
        at=step.at,
        by=step.done_by.full_name if step.done_by else "",
        text=_in_words(step),
        note=step.note,
    )


def _in_words(step: AlertStep) -> str:
    match step.happening:
        case Happening.ACKNOWLEDGED:
            until = f"{step.review_on:%-d %B %Y}"
            done = f" {NextStep(step.next_step).label}." if step.next_step else ""
            return f"Acknowledged until {until}: {Reason(step.reason).label.lower()}.{done}"
        case Happening.RETURNED:
            return f"Asked again: {Return(step.reason).label.lower()}."
        case Happening.RESOLVED:
            return f"Ended: {Ending(step.reason).label.lower()}."
        case Happening.HANDED_OVER:
            return f"Handed over to {step.handed_to.full_name if step.handed_to else 'a colleague'}."
        case _:
            return f"{Happening(step.happening).label}: {step.severity}."


@dataclass(frozen=True)
class RuleFigures:
    """How often a rule spoke in this hospital and what came of it."""

    rule: str
    title: str
    raised: int
    open: int
    acknowledged: int
    overridden: int
    returned: int
    resolved: int
    reasons: tuple[tuple[str, int], ...]


def figures_of(counts: Iterable[tuple[str, str, str, int]], open_now: Mapping[str, int]) -> list[RuleFigures]:
    """``counts`` are rule, happening, reason and number of steps; the rules that speak most often first."""
    edition = load_edition()
    by_rule: dict[str, dict[tuple[str, str], int]] = {}
    for rule, happening, reason, number in counts:
        by_rule.setdefault(rule, {})[happening, reason] = number
    found = [_figures(rule, numbers, open_now.get(rule, 0), edition) for rule, numbers in by_rule.items()]
    return sorted(found, key=lambda figures: (-figures.raised, figures.title))


def _figures(
    rule: str, numbers: Mapping[tuple[str, str], int], open_now: int, edition: Edition
) -> RuleFigures:
    def total(happening: Happening) -> int:
        return sum(number for (what, _), number in numbers.items() if what == happening)

    reasons = {why: n for (what, why), n in numbers.items() if what == Happening.ACKNOWLEDGED}
    entry = edition.alerts.get(rule)
    return RuleFigures(
        rule=rule,
        title=entry.title if entry else rule,
        raised=total(Happening.RAISED),
        open=open_now,
        acknowledged=total(Happening.ACKNOWLEDGED),
        overridden=sum(reasons.get(reason, 0) for reason in OVERRIDES),
        returned=total(Happening.RETURNED),
        resolved=total(Happening.RESOLVED),
        reasons=tuple((Reason(reason).label, number) for reason, number in sorted(reasons.items())),
    )
