"""What an argument is: a rule that applies or not, what it speaks for, and what it reads."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from guideline.logic import Truth
from guideline.rules.situation import Situation

Direction = Literal["for", "against", "confirms", "excludes", "undetermined"]
Strength = Literal["strong", "weak"]
Predicate = Callable[[Situation], Truth]

EXTENT_FACTS = (
    "extent.bone_lesion_count",
    "extent.whole_body_imaging",
    "extent.diffuse_bone_lesions",
    "extent.clonal_marrow_plasma_cells",
)
PATHWAY_FACTS = (
    "line",
    *EXTENT_FACTS,
    "radiation.months_since_last_fraction",
    "radiation.stabilized",
    "radiation.new_lesions",
)
PREGNANCY_FACTS = ("patient.age_years", "patient.sex", "patient.pregnancy")


@dataclass(frozen=True, slots=True)
class ArgumentRule:
    """One row of the table of arguments.

    ``reads`` are the facts the function itself looks at; ``rests_on`` the facts behind the findings
    it uses (pathway, extent, pregnancy), shown to the reader where they are known.
    """

    rule: str
    direction: Direction
    strength: Strength | None
    applies: Predicate
    reads: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    thresholds: tuple[str, ...] = ()
