"""Every word of the page that is signed, as plain data for the plan to keep."""

from dataclasses import asdict
from typing import Any

from guideline.decision import Decision
from guideline.edition import Edition
from treatment import choice, sequence, supportive
from treatment.absolute import Absolute
from treatment.choice import Chosen
from treatment.presenters.choice import beside_only, chosen_shown, exception_frozen
from treatment.presenters.decision import decision_shown
from treatment.presenters.origins import origins_of
from treatment.presenters.review import facts_shown
from treatment.presenters.sequence import treatments_shown
from treatment.presenters.supportive import supportive_shown
from treatment.queries import DraftContents


def words_to_freeze(
    contents: DraftContents, decision: Decision, edition: Edition, absolute: Absolute
) -> dict[str, Any]:
    """Decision and facts; what stands beside the options; treatments, supportive care, second clinician."""
    chosen = Chosen.from_plain(contents.value_of(choice.QUESTION)) or Chosen(("",))
    decided = decision_shown(decision, edition, origins_of(contents))
    treatments = sequence.stored(contents.value_of(sequence.QUESTION)) or []
    groups = supportive.proposed(decided, chosen)
    given = supportive.answers(contents.value_of(supportive.QUESTION))
    beside = beside_only(chosen_shown(chosen, absolute.excluding, decided))
    return {
        "decision": asdict(decided),
        "facts": [asdict(group) for group in facts_shown(contents)],
        "beside": [asdict(option) for option in beside],
        "exception": exception_frozen(absolute.exception, chosen.name) if absolute.exception else None,
        "treatments": [asdict(one) for one in treatments_shown(treatments, chosen.options[0], edition)],
        "supportive": [asdict(group) for group in supportive_shown(groups, given)],
    }
