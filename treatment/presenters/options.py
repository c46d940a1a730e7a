"""The page of options: one row each, what decides it, and its arguments by the way they point."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from patients.presenters.sources import SourceShown
from treatment.presenters.decision import AdvisoryShown, ArgumentShown, DecisionShown, OptionShown

NOT_GIVEN = ("not_recommended", "excluded")
NOT_APPLICABLE = "not_applicable"
SEVERITIES = (("critical", "Critical"), ("warning", "Warnings"), ("info", "For information"))

# The columns of the table: the heading over the number, the one over the arguments, what stands in them.
SIDES = (
    ("for", "For", ("for", "confirms")),
    ("against", "Against", ("against",)),
    ("excludes", "Excludes", ("excludes",)),
    ("open", "To be settled", ("undetermined",)),
)
# The kind of argument that gives an option its status (guideline.rules.statuses), strongest first.
_DECIDES = {
    "preferred": (("confirms", ""),),
    "suitable": (("for", ""),),
    "caution": (("against", "weak"),),
    "undetermined": (("undetermined", ""),),
    "not_recommended": (("against", "strong"),),
    "excluded": (("excludes", ""),),
}


@dataclass(frozen=True)
class Side:
    """The arguments of an option that point one way."""

    key: str
    title: str
    arguments: list[ArgumentShown]


@dataclass(frozen=True)
class OptionRow:
    """An option in one line. ``decisive`` is the argument behind its status, None where a rule alone is."""

    option: OptionShown
    decisive: ArgumentShown | None
    sides: list[Side]

    @property
    def number_of_arguments(self) -> int:
        return sum(len(side.arguments) for side in self.sides)


@dataclass(frozen=True)
class OptionGroups:
    """All options by rank: those in question, the step after them, what not to give, what does not apply."""

    in_question: list[OptionRow]
    step_after: list[OptionRow]
    do_not_give: list[OptionRow]
    not_applicable: list[OptionRow]


@dataclass(frozen=True)
class AdvisoryGroup:
    severity: str
    title: str
    advisories: list[AdvisoryShown]


@dataclass(frozen=True)
class Advice:
    """The sentences beside the options: at most one stands out, the others are folded by severity."""

    first: AdvisoryShown | None
    others: list[AdvisoryGroup]


def option_row(option: OptionShown) -> OptionRow:
    arguments = [*option.in_favour_of, *option.against]
    return OptionRow(
        option,
        _decisive(option.status, arguments),
        [
            Side(key, title, [one for one in arguments if one.direction in directions])
            for key, title, directions in SIDES
        ],
    )


def option_groups(options: Sequence[OptionShown]) -> OptionGroups:
    """The options in the groups of the page, each in the order of ``options``."""
    rows = [option_row(option) for option in options]
    asked = [row for row in rows if row.option.status not in (*NOT_GIVEN, NOT_APPLICABLE)]
    return OptionGroups(
        in_question=[row for row in asked if not row.option.is_step],
        step_after=[row for row in asked if row.option.is_step],
        do_not_give=[row for row in rows if row.option.status in NOT_GIVEN],
        not_applicable=[row for row in rows if row.option.status == NOT_APPLICABLE],
    )


def advice(advisories: Sequence[AdvisoryShown]) -> Advice:
    """The worst advisory apart from the others; information alone never stands out."""
    first = advisories[0] if advisories and advisories[0].severity != "info" else None
    others = advisories[1:] if first else advisories
    groups = [
        AdvisoryGroup(severity, title, [one for one in others if one.severity == severity])
        for severity, title in SEVERITIES
    ]
    return Advice(first, [group for group in groups if group.advisories])


def all_sources(decision: DecisionShown) -> list[SourceShown]:
    """Every source the page rests on, once, by number."""
    behind: list[ArgumentShown | AdvisoryShown | OptionShown] = [*decision.advisories, *decision.options]
    for option in decision.options:
        behind += [*option.in_favour_of, *option.against]
    found = {source.number: source for source in _sources_of(decision, behind)}
    return [found[number] for number in sorted(found)]


def _sources_of(
    decision: DecisionShown, behind: Iterable[ArgumentShown | AdvisoryShown | OptionShown]
) -> Iterable[SourceShown]:
    for one in (*behind, *decision.findings.values()):
        yield from one.sources
        for counter in getattr(one, "counter_evidence", ()):
            yield from counter.sources


def _decisive(status: str, arguments: Sequence[ArgumentShown]) -> ArgumentShown | None:
    wanted = _DECIDES.get(status, ())
    found = [one for one in arguments if (one.direction, one.strength) in wanted]
    return max(found, key=lambda one: one.absolute, default=None)
