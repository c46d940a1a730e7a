"""What must hold within and between entries of an edition; a mistake names its file, its key and the cure."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain
from typing import Any

from dateutil.relativedelta import relativedelta

from guideline.entries import Offset, Phrase, Statement, Threshold, Validity
from guideline.errors import ContentError
from guideline.fact_table import FACT, FACTS, FactDefinition
from guideline.placeholders import placeholders_of
from guideline.plain_language import check_plain_language

Sections = Mapping[str, Mapping[str, Any]]
Files = Mapping[str, Mapping[str, str]]

# What rules fill in beside the facts of a case and the thresholds.
FILLED_BY_RULES = frozenset(
    {
        "reasons",
        "facts_read",
        "facts",
        "since",
        "series",
        "change",
        "progressed_on",
        "judged_from",
        "judged_until",
        "mature_from",
        "lag_until",
        "best_until",
        "risen_on",
        "former",
        "drugs",
    }
)
# The sections that the places of the register point into; a screen is no content.
_POINTED_AT = {"statement": "statements", "threshold": "thresholds", "schedule": "schedules", "dose": "doses"}
_ANY_DAY = date(2001, 1, 1)


def check_content(sections: Sections, files: Files) -> None:
    """Raise ``ContentError`` for the first entry that a reviewer could not have meant.

    ``files`` names the file of each entry, by section and key.
    """
    for key, threshold in sections["thresholds"].items():
        _check_threshold(threshold, files["thresholds"][key])
    for key, statement in sections["statements"].items():
        _check_placeholders(statement, sections["thresholds"], files["statements"][key])
    for fact in FACTS:
        _check_phrase(fact, sections["phrases"].get(fact.path))
    _check_orders(sections)
    _check_names(sections)
    _check_validity(sections["validity"].values())
    check_plain_language(sections, files["plain_language"])


def _check_threshold(threshold: Threshold, file: str) -> None:
    key = threshold.key
    low, high = threshold.permitted
    if low > high:
        raise ContentError(file, f"{key}.permitted", f"runs from {low} down to {high}; swap the two")
    if not low <= threshold.value <= high:
        cure = f"{threshold.value} is outside {low} to {high}; choose one inside"
        raise ContentError(file, f"{key}.value", cure)
    in_force = [*(old.since for old in threshold.superseded), threshold.since]
    for place, old in enumerate(threshold.superseded):
        if not old.since < old.until <= in_force[place + 1]:
            cure = "must end after it began, and by the time the next value is in force; correct the dates"
            raise ContentError(file, f"{key}.superseded[{place}]", cure)


def _check_placeholders(statement: Statement, thresholds: Mapping[str, object], file: str) -> None:
    said = [statement.text, *statement.parts.values(), *(v.text for v in statement.variants.values())]
    for name in chain.from_iterable(map(placeholders_of, said)):
        if name not in thresholds and name not in FACT and name not in FILLED_BY_RULES:
            raise ContentError(file, statement.key, f"nothing fills {{{name}}}; correct the name")
    for name in placeholders_of(statement.rule_in_words):
        if name not in thresholds:
            cure = f"{{{name}}} is no threshold; a rule in words holds thresholds only"
            raise ContentError(file, f"{statement.key}.rule_in_words", cure)


def _check_phrase(fact: FactDefinition, phrase: Phrase | None) -> None:
    if phrase is None:
        raise ContentError("phrases.yaml", fact.path, "is missing; say how this fact is put into a sentence")
    values = ("true", "false") if fact.kind == "boolean" else fact.choices
    for value in values:
        if phrase.value is None and value not in phrase.values:
            raise ContentError("phrases.yaml", f"{fact.path}.values", f"lacks {value}; add it")
    if not values and phrase.value is None:
        raise ContentError("phrases.yaml", f"{fact.path}.value", "is missing; a number needs it")


def _check_orders(sections: Sections) -> None:
    """Every lower end below its upper end, every window open before it closes."""
    pairs = chain(
        (("scales.yaml", s.key, s.minimum, s.maximum) for s in sections["scales"].values()),
        (("analytes.yaml", a.key, *a.plausible) for a in sections["analytes"].values() if a.plausible),
        (("doses.yaml", d.key, d.low, d.high) for d in sections["doses"].values() if d.low is not None),
        _windows(sections["schedules"].values()),
    )
    for file, key, low, high in pairs:
        if high is None or low > high:
            raise ContentError(file, key, f"runs from {low} to {high}; the lower end comes first")


def _windows(schedules: Iterable[Any]) -> Iterable[tuple[str, str, date, date]]:
    for schedule in schedules:
        for item in schedule.items:
            earliest, due, latest = map(_day_of, (item.earliest, item.due, item.latest))
            yield "schedules.yaml", f"{schedule.key}.{item.key}", earliest, due
            yield "schedules.yaml", f"{schedule.key}.{item.key}", due, latest


def _day_of(offset: Offset) -> date:
    return _ANY_DAY + relativedelta(months=offset.months, days=offset.days)


def _check_validity(entries: Iterable[Validity]) -> None:
    """Each fact ages in exactly one way: one that nobody thought of must not count as current for ever."""
    placed: set[str] = set()
    for entry in entries:
        if not entry.ages and (entry.days is not None or entry.not_older_than_progression):
            raise ContentError("validity.yaml", f"{entry.key}.ages", "is false, so nothing may limit it")
        for fact in entry.facts:
            if fact in placed:
                raise ContentError("validity.yaml", f"{entry.key}.facts", f"{fact} stands twice; keep one")
            placed.add(fact)
    for definition in FACTS:
        if definition.path not in placed:
            cure = "is in no entry; say how long a recorded value stays usable"
            raise ContentError("validity.yaml", definition.path, cure)


def _check_alerts(sections: Sections) -> None:
    """An alert has its sentence; what it stands for and what closes it exist."""
    kinds = {item.kind for schedule in sections["schedules"].values() for item in schedule.items}
    for key, entry in sections["alerts"].items():
        if key not in sections["statements"]:
            raise ContentError("alerts.yaml", key, "has no statement; correct the name or write one")
        for other in entry.instead_of:
            if other not in sections["alerts"]:
                raise ContentError("alerts.yaml", f"{key}.instead_of", f"{other} is no alert; correct it")
        for kind in entry.follow_ups:
            if kind not in kinds:
                raise ContentError("alerts.yaml", f"{key}.follow_ups", f"no schedule has {kind}; correct it")


def _check_names(sections: Sections) -> None:
    """Facts and places that an entry names must exist."""
    for entry in sections["validity"].values():
        for fact in entry.facts:
            if fact not in FACT:
                raise ContentError("validity.yaml", f"{entry.key}.facts", f"{fact} is no fact; correct it")
    _check_alerts(sections)
    for entry in sections["register"].values():
        for place in entry.where:
            kind, _, name = place.partition(":")
            if kind != "screen" and name not in sections.get(_POINTED_AT.get(kind, ""), {}):
                raise ContentError("register.yaml", f"{entry.key}.where", f"{place} is not there; correct it")
