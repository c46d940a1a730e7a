"""Which plans that hold would read otherwise with the content in use: decided anew, counted, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass

from guideline.decide import decide
from guideline.edition import Edition
from guideline.errors import InputError
from treatment.facts import case_of
from treatment.models import Plan
from treatment.today import facts_of
from treatment.words import OPTIONS, refusal_in_words


@dataclass(frozen=True)
class StatusChange:
    """An option with its status in the plan and with the content in use, as the guideline names them."""

    label: str
    before: str
    after: str
    chosen: bool


@dataclass(frozen=True)
class ChangedAdvice:
    """A plan whose options stand otherwise; ``refusal`` where its facts are no case any more."""

    plan: Plan
    changes: list[StatusChange]
    refusal: str

    @property
    def touches_the_choice(self) -> bool:
        """Whether an option that the plan chose is among the changes, or nothing can be said."""
        return bool(self.refusal) or any(change.chosen for change in self.changes)


def changed_advice(plans: Iterable[Plan], edition: Edition) -> list[ChangedAdvice]:
    """The plans of which an option's status differs, those first whose own choice does."""
    found = [changed for plan in plans if (changed := _changed(plan, edition)) is not None]
    return sorted(found, key=lambda one: not one.touches_the_choice)


def _changed(plan: Plan, edition: Edition) -> ChangedAdvice | None:
    try:
        decision = decide(case_of(facts_of(plan)), edition)
    except InputError as error:
        return ChangedAdvice(plan, [], refusal_in_words(error))
    before = {option["id"]: option["status"] for option in plan.decision["options"]}
    changes = [
        StatusChange(OPTIONS[option.id], before.get(option.id, ""), option.status, option.id in plan.options)
        for option in decision.options
        if before.get(option.id) != option.status
    ]
    return ChangedAdvice(plan, changes, "") if changes else None
