"""Planned treatments that name a drug which is absolutely contraindicated, without that being the choice.

Choosing such a drug asks a second clinician, also where it stands in the name of a trial or another regimen
(treatment.choice). Writing it into a row of the planned treatments must not be a way around that, so the row
is refused with the way to go: choose it, and have it confirmed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from guideline.decision import Decision
from guideline.edition import Edition
from treatment import choice
from treatment.choice import Chosen
from treatment.planned import NOT_GIVEN
from treatment.sequence import Treatment


@dataclass(frozen=True)
class Guard:
    """What a decision excludes absolutely, but for what the choice has laid before a second clinician."""

    decision: Decision
    edition: Edition
    chosen: Chosen | None

    def sentence(self, treatment: Treatment) -> str:
        """Why the treatment cannot be planned as it stands; empty where it can."""
        if treatment.kind == NOT_GIVEN:
            return ""
        laid_open = choice.exclusions(self.chosen, self.decision, self.edition) if self.chosen else []
        asked = {one.argument.rule for one in laid_open}
        words = f"{treatment.name} {treatment.dose}"
        for argument in choice.absolute_against(words, self.decision, self.edition):
            if argument.rule not in asked:
                return (
                    f"An absolute contraindication stands against this drug: {argument.text} To give it all "
                    "the same, choose it under Options, where a second clinician is asked."
                )
        return ""

    def first(self, treatments: Sequence[Treatment]) -> str:
        """The first of these sentences, with the treatment's name; empty where there is none."""
        for treatment in treatments:
            if sentence := self.sentence(treatment):
                return f"Planned treatments, {treatment.name}: {sentence}"
        return ""
