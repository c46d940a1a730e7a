"""Whether a second clinician confirmed a choice that is excluded absolutely, for the facts as they stand."""

from dataclasses import dataclass

from guideline.decision import Decision
from guideline.edition import Edition
from treatment import choice
from treatment.choice import Chosen, Exclusion
from treatment.models import AbsoluteException, ExceptionAnswer
from treatment.queries import DraftContents, exception_of


@dataclass(frozen=True)
class Absolute:
    """What excludes the choice, nothing in most drafts; and what a second clinician was asked about it."""

    excluding: list[Exclusion]
    exception: AbsoluteException | None

    @property
    def unconfirmed(self) -> str:
        """Why it cannot be signed, in a sentence; empty where nothing is excluded or it is confirmed."""
        if not self.excluding:
            return ""
        if self.exception is None:
            return (
                "An absolute contraindication stands against this choice, and what it rests on changed since "
                "it was confirmed. Confirm it again, so that a second clinician is asked."
            )
        if not self.exception.answer:
            return (
                "An absolute contraindication stands against this choice: a second clinician has to confirm "
                "it before it can be signed."
            )
        if self.exception.answer == ExceptionAnswer.DECLINED:
            return (
                "The second clinician declined this choice. Choose otherwise, or give other reasons for it."
            )
        return ""


def absolute_of(contents: DraftContents, decision: Decision, edition: Edition) -> Absolute:
    """Of the choice as it stands in the draft (a query only where something excludes it)."""
    chosen = Chosen.from_plain(contents.value_of(choice.QUESTION))
    excluding = choice.exclusions(chosen, decision, edition) if chosen else []
    if not excluding:
        return Absolute([], None)
    version = contents.version_of(choice.QUESTION)
    return Absolute(
        excluding,
        exception_of(contents.draft, facts_sha256=decision.facts_sha256, choice_version=version),
    )
