"""What differs between two plans, or between a plan and today's guideline. Pure: plain data in and out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MET: Mapping[bool | None, str] = {True: "met", False: "not met", None: "cannot be said yet"}
# How grave an advisory is, as a word beside "not said".
SAID_AS: Mapping[str, str] = {
    "info": "Said, as information",
    "warning": "Said, as a warning",
    "critical": "Said, as critical",
}
FINDINGS: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("extent", "Extent", str),
    ("pathway", "Pathway", str),
    ("mayo", "Mayo criteria", MET.__getitem__),
    ("chiba", "Chiba criteria", MET.__getitem__),
)


@dataclass(frozen=True)
class Side:
    """One of the two that are compared.

    ``facts`` holds label and value in words of what is known, by path; ``decision`` is a
    ``presenters.decision.DecisionShown`` as plain data; ``choice`` is what was chosen and why, words by
    label; ``follow_ups``, ``treatments`` and ``supportive`` (groups) are as a plan freezes them. All but the
    first two are empty where nothing was chosen.
    """

    facts: Mapping[str, tuple[str, str]]
    decision: Mapping[str, Any]
    choice: Mapping[str, str]
    follow_ups: Sequence[Mapping[str, Any]]
    treatments: Sequence[Mapping[str, Any]] = ()
    supportive: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Change:
    """One thing in words before and after; empty where it is not there, or not known."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class OptionChange:
    """An option with its two statuses, as the guideline names them, and the arguments that came and went."""

    label: str
    before: str
    after: str
    gained: list[str]
    lost: list[str]


@dataclass(frozen=True)
class Differences:
    """Everything that differs, each list empty where nothing does; false where nothing differs at all."""

    content: list[Change]
    choice: list[Change]
    treatments: list[Change]
    supportive: list[Change]
    facts: list[Change]
    findings: list[Change]
    options: list[OptionChange]
    advisories: list[Change]
    missing: list[Change]
    dates: list[Change]

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__dataclass_fields__)

    @property
    def decided_otherwise(self) -> bool:
        """Whether the guideline says something else, whatever it rests on."""
        return any((self.findings, self.options, self.advisories, self.missing))


def differences(before: Side, after: Side) -> Differences:
    """What differs from ``before`` to ``after``; of a side with itself, nothing."""
    old, new = before.decision, after.decision
    return Differences(
        content=_changed({"Guideline content": _content(old)}, {"Guideline content": _content(new)}),
        choice=_changed(before.choice, after.choice),
        treatments=_changed(_treatments(before.treatments), _treatments(after.treatments)),
        supportive=_changed(_supportive(before.supportive), _supportive(after.supportive)),
        facts=_facts(before.facts, after.facts),
        findings=_changed(_findings(old), _findings(new)),
        options=_options(old, new),
        advisories=_changed(_advisories(old), _advisories(new)),
        missing=_changed(_missing(old), _missing(new)),
        dates=_dates(before.follow_ups, after.follow_ups),
    )


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    """The entries whose words differ, in the order of ``after``, then what is there no more."""
    labels = dict.fromkeys([*after, *before])
    return [
        Change(label, before.get(label, ""), after.get(label, ""))
        for label in labels
        if before.get(label, "") != after.get(label, "")
    ]


def _treatments(planned: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """By name, the second of one name as such: day, dose and note in words."""
    found: dict[str, str] = {}
    for one in planned:
        names = [one["name"], *(f"{one['name']} ({place})" for place in range(2, len(planned) + 1))]
        name = next(name for name in names if name not in found)
        found[name] = "; ".join([one["start"] or "no day yet", *filter(None, (one["dose"], one["note"]))])
    return found


def _supportive(groups: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """By the sentence of each proposal what was answered to it."""
    return {one["text"]: _answer(one) for group in groups for one in group["actions"]}


def _answer(action: Mapping[str, Any]) -> str:
    reason = f": {action['reason']}" if action["reason"] else ""
    day = f", in the calendar for {action['due']}" if action["due"] else ""
    return f"{action['answer']}{reason}{day}"


def _facts(before: Mapping[str, tuple[str, str]], after: Mapping[str, tuple[str, str]]) -> list[Change]:
    """By path, for a label may have been worded anew."""
    absent = ("", "")
    return [
        Change((after.get(path) or before[path])[0], before.get(path, absent)[1], after.get(path, absent)[1])
        for path in dict.fromkeys([*after, *before])
        if before.get(path, absent)[1] != after.get(path, absent)[1]
    ]


def _content(decision: Mapping[str, Any]) -> str:
    return f"{decision['content_version']}, {decision['content_status']}"


def _findings(decision: Mapping[str, Any]) -> dict[str, str]:
    return {label: words(decision[key]) for key, label, words in FINDINGS}


def _options(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[OptionChange]:
    old, new = _by_id(before), _by_id(after)
    changes = []
    for option in dict.fromkeys([*new, *old]):
        was, now = old.get(option), new.get(option)
        said, says = _arguments(was), _arguments(now)
        change = OptionChange(
            label=(now or was or {})["label"],
            before=was["status"] if was else "",
            after=now["status"] if now else "",
            gained=[text for text in says if text not in said],
            lost=[text for text in said if text not in says],
        )
        if change.before != change.after or change.gained or change.lost:
            changes.append(change)
    return changes


def _by_id(decision: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {option["id"]: option for option in decision["options"]}


def _arguments(option: Mapping[str, Any] | None) -> list[str]:
    if option is None:
        return []
    return [f"{one['word']}: {one['text']}" for one in [*option["in_favour_of"], *option["against"]]]


def _advisories(decision: Mapping[str, Any]) -> dict[str, str]:
    """By their sentence: one that is worded otherwise is another one."""
    return {one["text"]: SAID_AS.get(one["severity"], "Said") for one in decision["advisories"]}


def _missing(decision: Mapping[str, Any]) -> dict[str, str]:
    return {one["fact"]["label"]: ", ".join(one["can_change"]) for one in decision["missing"]}


def _dates(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[Change]:
    """By examination the dates that went and those that came; the window where the day is the same."""
    old, new = _windows(before), _windows(after)
    gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
    kept_days = {one[:2] for one in gone} & {one[:2] for one in come}
    titles = dict.fromkeys(one[0] for one in [*come, *gone])
    return [Change(title, _days(gone, title, kept_days), _days(come, title, kept_days)) for title in titles]


def _windows(follow_ups: Sequence[Mapping[str, Any]]) -> dict[tuple[str, ...], None]:
    names = ("title", "due", "earliest", "latest")
    return dict.fromkeys(tuple(item[name] for name in names) for item in follow_ups)


def _days(found: Sequence[tuple[str, ...]], title: str, same_day: set[tuple[str, ...]]) -> str:
    return ", ".join(
        f"{due} ({earliest} to {latest})" if (title, due) in same_day else due
        for of, due, earliest, latest in found
        if of == title
    )
