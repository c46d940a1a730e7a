"""What the guideline says today of a plan that was signed: decided anew, shown, never stored."""

from collections.abc import Mapping
from dataclasses import asdict, replace

from guideline.decide import decide
from guideline.edition import Edition
from treatment.differences import Differences, Side, differences
from treatment.facts import Prefill, case_of
from treatment.models import Plan
from treatment.presenters.decision import decision_shown
from treatment.presenters.evidence import fact_shown
from treatment.presenters.sides import side_of_plan
from treatment.wizard.steps import matters


def newer_facts(
    plan: Plan, identity: Mapping[str, object], recorded: Mapping[str, Prefill]
) -> dict[str, object]:
    """The plan's facts with what the record says now in their place; the position in the course stays.

    ``recorded`` counts where the content calls it current. What the record does not know stays as in the
    plan, however old it is.
    """
    facts = facts_of(plan) | dict(identity)
    for path, known in recorded.items():
        if known.current and path != "line" and matters(path, facts):
            facts[path] = known.value
    return facts


def facts_of(plan: Plan) -> dict[str, object]:
    """The plan's facts by path; they are kept as a case, in groups."""
    facts: dict[str, object] = {}
    for name, value in plan.facts.items():
        if isinstance(value, dict):
            facts |= {f"{name}.{inner}": known for inner, known in value.items()}
        else:
            facts[name] = value
    return facts


def said_today(plan: Plan, facts: Mapping[str, object], edition: Edition) -> Differences:
    """From the plan as it was signed to what ``edition`` says of ``facts``.

    Raises guideline.errors.InputError if the facts contradict each other, or are none that it knows.
    """
    before = replace(side_of_plan(plan), choice={}, follow_ups=(), treatments=(), supportive=())
    decision = asdict(decision_shown(decide(case_of(facts), edition), edition))
    known = {path: words for path, words in before.facts.items() if path in facts}
    return differences(before, Side(known | _words(plan, facts), decision, {}, ()))


def _words(plan: Plan, facts: Mapping[str, object]) -> dict[str, tuple[str, str]]:
    """The facts that are not as they were, in words; the others keep the plan's own words."""
    signed = facts_of(plan)
    shown = {
        path: fact_shown(path, value)
        for path, value in facts.items()
        if path not in signed or signed[path] != value
    }
    return {path: (fact.label, fact.value) for path, fact in shown.items()}
