"""Where one is in the wizard, where one may go, and how far each step has come. Knows nothing of HTTP."""

from collections.abc import Collection
from dataclasses import dataclass

from treatment.wizard.steps import STEP, STEPS, Facts, Step


@dataclass(frozen=True)
class Milestone:
    """One step as the progress line shows it; ``asked`` is 0 for a step without questions."""

    step: Step
    number: int
    current: bool
    open: bool
    answered: int
    asked: int

    @property
    def complete(self) -> bool:
        return self.asked > 0 and self.answered == self.asked


class Navigator:
    """The way through the steps, given what is known and which questions have an answer."""

    def __init__(self, current: str, facts: Facts, answered: Collection[str]) -> None:
        """``current`` is a step's key. Raises KeyError for a step that does not exist."""
        self.step = STEP[current]
        self._facts = facts
        self._answered = frozenset(answered)

    @property
    def previous(self) -> Step | None:
        place = STEPS.index(self.step)
        return STEPS[place - 1] if place else None

    @property
    def next(self) -> Step | None:
        place = STEPS.index(self.step)
        return STEPS[place + 1] if place + 1 < len(STEPS) else None

    def is_open(self, step: Step) -> bool:
        """The first step always; the others once the position in the course is known."""
        return step is STEPS[0] or self._facts.get("line") is not None

    @property
    def allowed(self) -> Step:
        """The step to show: the current one, or the first while the position in the course is missing."""
        return self.step if self.is_open(self.step) else STEPS[0]

    @property
    def milestones(self) -> list[Milestone]:
        return [self._milestone(number, step) for number, step in enumerate(STEPS, start=1)]

    @property
    def current(self) -> Milestone:
        """The milestone of the current step."""
        return self.milestones[STEPS.index(self.step)]

    def _milestone(self, number: int, step: Step) -> Milestone:
        asked = step.asked(self._facts)
        return Milestone(
            step=step,
            number=number,
            current=step is self.step,
            open=self.is_open(step),
            answered=sum(question in self._answered for question in asked),
            asked=len(asked),
        )
