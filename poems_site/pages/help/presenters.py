"""The page of help from the guideline's content: nothing about a score or an alert is typed a second time."""

from collections.abc import Iterable
from dataclasses import dataclass

from guideline.edition import Edition
from guideline.entries import Scale, Source
from guideline.glossary import GlossaryEntry, Group

GROUPS: dict[Group, str] = {
    "status": "Status of an option",
    "argument": "Arguments",
    "finding": "Extent of the disease",
    "verdict": "What an axis of the course is read as",
    "phase": "Times when little can be judged",
    "severity": "Alerts",
    "follow_up": "Follow-ups",
    "evidence": "Evidence",
}
BETTER = {"lower": "lower is better", "higher": "higher is better"}


@dataclass(frozen=True)
class Score:
    """A scale: what it is called, between what it runs, where better is, and what counts as a change."""

    name: str
    range: str
    better: str
    change: str
    version: str
    note: str
    sources: str


@dataclass(frozen=True)
class Word:
    word: str
    means: str


@dataclass(frozen=True)
class Words:
    title: str
    words: list[Word]


@dataclass(frozen=True)
class AlertRule:
    title: str
    when: str
    sources: str


@dataclass(frozen=True)
class SourceLine:
    number: str
    words: str


@dataclass(frozen=True)
class HelpShown:
    content: str
    scores: list[Score]
    glossary: list[Words]
    alerts: list[AlertRule]
    sources: list[SourceLine]


def help_shown(edition: Edition) -> HelpShown:
    """Everything on the page that comes from the content, with the sources it names."""
    alerts = [(entry, edition.statement(entry.key)) for entry in edition.alerts.values()]
    cited = [
        *(scale.sources for scale in edition.scales.values()),
        *(statement.sources for _, statement in alerts),
    ]
    return HelpShown(
        content=f"{edition.id} {edition.version}, {edition.status.replace('_', ' ')}",
        scores=[_score(scale, edition) for scale in edition.scales.values()],
        glossary=[Words(title, _words(group, edition)) for group, title in GROUPS.items()],
        alerts=[
            AlertRule(entry.title, edition.rule_in_words(entry.key), ", ".join(statement.sources))
            for entry, statement in alerts
        ],
        sources=_sources(cited, edition),
    )


def _score(scale: Scale, edition: Edition) -> Score:
    unit = f" {scale.unit}" if scale.unit else ""
    above = "above " if scale.minimum_excluded else ""
    instrument = edition.instruments.get(scale.key)
    in_unit = "%" if scale.change_in == "percent" else (scale.unit or _points(scale.change))
    return Score(
        name=scale.label,
        range=f"{above}{scale.minimum} to {scale.maximum}{unit}",
        better=BETTER[scale.better],
        change=f"{scale.change} {in_unit}",
        version=", ".join(instrument.versions) if instrument else "",
        note=scale.note or "",
        sources=", ".join(scale.sources),
    )


def _points(change: object) -> str:
    return "point" if change == 1 else "points"


def _words(group: Group, edition: Edition) -> list[Word]:
    entries: Iterable[GlossaryEntry] = edition.glossary.values()
    return [Word(entry.word, entry.means) for entry in entries if entry.group == group]


def _sources(cited: Iterable[tuple[str, ...]], edition: Edition) -> list[SourceLine]:
    numbers = sorted({number for sources in cited for number in sources})
    return [SourceLine(number, _in_words(edition.sources[number])) for number in numbers]


def _in_words(source: Source) -> str:
    year = f", {source.year}" if source.year else ""
    return f"{source.title}. {source.published_in}{year}."
