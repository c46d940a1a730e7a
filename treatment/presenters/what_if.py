"""What would be decided if some facts were others: the facts as a form, and the differences named."""

from collections.abc import Mapping
from dataclasses import dataclass

from approval.words import UNITS
from guideline.decision import Decision
from guideline.fact_table import FACT, FACTS, FactDefinition
from guideline.logic import Truth
from treatment.forms.answers import LESION_COUNT, Given, choices_of, field_name, word_of
from treatment.presenters.decision import AdvisoryShown, DecisionShown
from treatment.presenters.options import OptionRow, option_row
from treatment.wizard.steps import FROM_IDENTITY, STEPS
from treatment.words import STATUS, number_in_words, value_in_words

CRITERIA: Mapping[Truth, str] = {True: "Met", False: "Not met", None: "Cannot be said yet"}


@dataclass(frozen=True)
class FactField:
    """One fact as the page asks it. ``really`` is what the draft says; ``choices`` is empty for a number."""

    path: str
    name: str
    label: str
    choices: list[tuple[str, str, bool]]
    typed: str
    counts: bool
    none_found: bool
    unit: str
    really: str
    changed: bool
    error: str


@dataclass(frozen=True)
class FactFieldGroup:
    title: str
    fields: list[FactField]


@dataclass(frozen=True)
class Difference:
    """Something in a word: as it is, and what if."""

    label: str
    now: str
    then: str


@dataclass(frozen=True)
class OptionDifference:
    """An option whose status would be another one, with the reason why."""

    was: str
    row: OptionRow


@dataclass(frozen=True)
class AdvisoryDifference:
    """An advisory that would come or speak louder or lower; ``was`` is its severity now, if it stands now."""

    advisory: AdvisoryShown
    was: str


@dataclass(frozen=True)
class Comparison:
    """The decision on the draft's facts against the one on the changed facts."""

    facts: list[Difference]
    findings: list[Difference]
    options: list[OptionDifference]
    advisories: list[AdvisoryDifference]
    gone: list[AdvisoryShown]
    asked_more: list[str]
    asked_less: list[str]

    @property
    def is_same(self) -> bool:
        return not (
            self.findings
            or self.options
            or self.advisories
            or self.gone
            or self.asked_more
            or self.asked_less
        )


def field_groups(
    facts: Mapping[str, object],
    tried: Mapping[str, object],
    typed: Mapping[str, str],
    errors: Mapping[str, str],
) -> list[FactFieldGroup]:
    """Every fact by section; ``tried`` are the values of the page, ``typed`` and ``errors`` the refused."""
    groups = [
        FactFieldGroup("Patient", [_field(path, facts, tried, typed, errors) for path in FROM_IDENTITY])
    ]
    for step in STEPS:
        for section in step.sections:
            fields = [_field(path, facts, tried, typed, errors) for path in section.questions]
            groups.append(FactFieldGroup(section.title or step.title, fields))
    return groups


def changed_facts(facts: Mapping[str, object], tried: Mapping[str, object]) -> list[Difference]:
    """The facts that are not the draft's, in the order of the table."""
    return [
        Difference(
            fact.label,
            value_in_words(fact.path, facts.get(fact.path)),
            value_in_words(fact.path, tried.get(fact.path)),
        )
        for fact in FACTS
        if is_changed(fact.path, facts, tried)
    ]


def is_changed(path: str, facts: Mapping[str, object], tried: Mapping[str, object]) -> bool:
    """Whether the page tries another value than the draft has; 1 lesion is not yes."""
    now, then = facts.get(path), tried.get(path)
    return now != then or isinstance(now, bool) != isinstance(then, bool)


def comparison(
    facts: list[Difference],
    decisions: tuple[Decision, Decision],
    shown: tuple[DecisionShown, DecisionShown],
) -> Comparison:
    """What differs between the decision as it is (first) and what if (second)."""
    before, after = shown
    severities = {one.id: one.severity for one in before.advisories}
    then = {one.id for one in after.advisories}
    statuses = {one.id: one.status for one in before.options}
    asked, asked_then = ([one.fact.label for one in decision.missing] for decision in shown)
    return Comparison(
        facts=facts,
        findings=[one for one in _findings(*decisions, before, after) if one.now != one.then],
        options=[
            OptionDifference(STATUS[statuses[one.id]], option_row(one))
            for one in after.options
            if one.status != statuses[one.id]
        ],
        advisories=[
            AdvisoryDifference(one, severities.get(one.id, ""))
            for one in after.advisories
            if one.severity != severities.get(one.id)
        ],
        gone=[one for one in before.advisories if one.id not in then],
        asked_more=[label for label in asked_then if label not in asked],
        asked_less=[label for label in asked if label not in asked_then],
    )


def _findings(now: Decision, then: Decision, before: DecisionShown, after: DecisionShown) -> list[Difference]:
    return [
        Difference("Extent", before.extent, after.extent),
        Difference("Pathway", before.pathway, after.pathway),
        Difference("Mayo criteria", CRITERIA[now.mayo], CRITERIA[then.mayo]),
        Difference("Chiba criteria", CRITERIA[now.chiba], CRITERIA[then.chiba]),
    ]


def _field(
    path: str,
    facts: Mapping[str, object],
    tried: Mapping[str, object],
    typed: Mapping[str, str],
    errors: Mapping[str, str],
) -> FactField:
    definition = FACT[path]
    name, value = field_name(path), tried.get(path)
    counts = path == LESION_COUNT
    none_found = counts and value == 0
    is_number = definition.kind in ("integer", "number")
    number = number_in_words(value) if is_number and value is not None and not none_found else ""
    return FactField(
        path=path,
        name=name,
        label=definition.label,
        choices=[] if is_number else _choices(definition, value),
        typed=typed.get(name, number) if path in errors else number,
        counts=counts,
        none_found=none_found,
        unit=UNITS.get(definition.unit or "", definition.unit or ""),
        really=value_in_words(path, facts.get(path)),
        changed=path in errors or is_changed(path, facts, tried),
        error=errors.get(path, ""),
    )


def _choices(definition: FactDefinition, value: object) -> list[tuple[str, str, bool]]:
    word = word_of(Given(value))  # type: ignore[arg-type]  # a known fact is what an answer may be
    return [(code, words, code == word) for code, words in choices_of(definition)]
