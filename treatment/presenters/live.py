"""The panel beside the questions: what the answers so far lead to, and what the last answer changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from guideline.decision import Decision, OptionDecision
from treatment.presenters.options import NOT_APPLICABLE, NOT_GIVEN
from treatment.words import EXTENT, OPTIONS, PATHWAY, STATUS

MOST_OPTIONS = 3
MOST_CHANGES_SAID = 3
LONGEST_COUNT = 4


@dataclass(frozen=True)
class WordShown:
    """A finding in a word, and what it was before; empty where that is the same."""

    label: str
    word: str
    was: str = ""


@dataclass(frozen=True)
class LiveOption:
    """An option with its status, and the word of the status it had before; ``was`` as above."""

    id: str
    label: str
    status: str
    is_step: bool
    was: str = ""


@dataclass(frozen=True)
class Seen:
    """What the panel said before, in the guideline's own words; empty for what it did not say."""

    extent: str = ""
    pathway: str = ""
    statuses: Mapping[str, str] = field(default_factory=dict)
    missing: int | None = None


NOTHING_SEEN = Seen()


@dataclass(frozen=True)
class LiveShown:
    """``options`` are the first by rank and those that changed; ``others`` counts the rest in question.

    ``said`` is what changed, in a breath; ``now`` what the panel sends when it asks anew.
    """

    extent: WordShown
    pathway: WordShown
    options: list[LiveOption]
    others: int
    missing: int
    missing_was: int | None
    said: str
    now: dict[str, str]


def seen_from(posted: Mapping[str, str]) -> Seen:
    """What the panel said when it asked anew. Words that the guideline lacks count for nothing."""
    statuses = {option: posted.get(f"seen-{option}", "") for option in OPTIONS}
    missing = posted.get("seen-missing", "")
    return Seen(
        extent=posted.get("seen-extent", ""),
        pathway=posted.get("seen-pathway", ""),
        statuses={option: status for option, status in statuses.items() if status in STATUS},
        missing=int(missing)
        if missing.isascii() and missing.isdigit() and len(missing) < LONGEST_COUNT
        else None,
    )


def live_shown(decision: Decision, seen: Seen = NOTHING_SEEN) -> LiveShown:
    """The panel for a decision, with what is another word than was ``seen``."""
    asked = [option for option in decision.options if _is_asked(option)]
    changed = [one for one in decision.options if _was(one, seen)]
    listed = [one for one in decision.options if one in asked[:MOST_OPTIONS] or one in changed]
    missing = len(decision.missing)
    extent = _word("Extent", EXTENT, decision.extent, seen.extent)
    pathway = _word("Pathway", PATHWAY, decision.pathway, seen.pathway)
    options = [_option(one, seen) for one in listed]
    return LiveShown(
        extent=extent,
        pathway=pathway,
        options=options,
        others=sum(one not in listed for one in asked),
        missing=missing,
        missing_was=seen.missing if seen.missing != missing else None,
        said=_said(extent, pathway, [one for one in options if one.was]),
        now=_now(decision),
    )


def _now(decision: Decision) -> dict[str, str]:
    """What the panel will send as seen when it asks anew, by the names ``seen_from`` reads."""
    found: dict[str, str] = {"seen-extent": decision.extent, "seen-pathway": decision.pathway}
    found |= {f"seen-{option.id}": option.status for option in decision.options}
    return found | {"seen-missing": str(len(decision.missing))}


def _word(label: str, words: Mapping[str, str], now: str, seen: str) -> WordShown:
    return WordShown(label, words[now], words.get(seen, "") if seen != now else "")


def _option(option: OptionDecision, seen: Seen) -> LiveOption:
    is_step = option.step is not None
    return LiveOption(option.id, OPTIONS[option.id], option.status, is_step, _was(option, seen))


def _was(option: OptionDecision, seen: Seen) -> str:
    was = seen.statuses.get(option.id, option.status)
    return "" if was == option.status else STATUS[was]


def _said(extent: WordShown, pathway: WordShown, changed: list[LiveOption]) -> str:
    """The changes in a breath, for those who hear the page; many options are only counted."""
    return " ".join(_sentences(extent, pathway, changed))


def _sentences(extent: WordShown, pathway: WordShown, changed: list[LiveOption]) -> Iterator[str]:
    for one in (extent, pathway):
        if one.was:
            yield f"{one.label} is now {one.word}, was {one.was}."
    if len(changed) > MOST_CHANGES_SAID:
        yield f"{len(changed)} options changed their status."
        return
    for option in changed:
        yield f"{option.label} is now {STATUS[option.status]}."


def _is_asked(option: OptionDecision) -> bool:
    return option.status not in (*NOT_GIVEN, NOT_APPLICABLE)
