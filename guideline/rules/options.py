"""The ten options in their order, each with its home pathway and its arguments in theirs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from guideline.rules.argument import ArgumentRule, Direction, Strength
from guideline.rules.bortezomib import BORTEZOMIB_COMBINATION, BORTEZOMIB_MONO
from guideline.rules.immunomodulators import LENALIDOMIDE_DEX, THALIDOMIDE_BASED
from guideline.rules.melphalan import MELPHALAN_DEX
from guideline.rules.not_for_poems import BEVACIZUMAB, IVIG_AND_PLASMA_EXCHANGE
from guideline.rules.radiation import ARGUMENTS as RADIATION
from guideline.rules.transplantation import ASCT

Weight = tuple[Direction, Strength | None]


@dataclass(frozen=True)
class OptionRule:
    """An option. ``home`` is the pathway it belongs to; ``any`` belongs to every one.

    ``reads`` are the facts its status depends on beyond the findings.
    """

    id: str
    home: Literal["radiation", "systemic", "any"]
    arguments: tuple[ArgumentRule, ...]
    step: str | None = None
    reads: frozenset[str] = field(init=False)
    _by_weight: Mapping[Weight, tuple[ArgumentRule, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        direct = {fact for argument in self.arguments for fact in argument.reads}
        if self.home == "systemic":
            direct.add("radiation.stabilized")
        by_weight: dict[Weight, tuple[ArgumentRule, ...]] = {}
        for argument in self.arguments:
            weight = (argument.direction, argument.strength)
            by_weight[weight] = (*by_weight.get(weight, ()), argument)
        object.__setattr__(self, "reads", frozenset(direct))
        object.__setattr__(self, "_by_weight", by_weight)

    def weighing(self, direction: Direction, strength: Strength | None) -> tuple[ArgumentRule, ...]:
        """The arguments of this direction and strength, in the order of the table."""
        return self._by_weight.get((direction, strength), ())


OPTIONS: tuple[OptionRule, ...] = (
    OptionRule("radiation", "radiation", RADIATION),
    OptionRule("lenalidomide_dex", "systemic", LENALIDOMIDE_DEX),
    OptionRule("melphalan_dex", "systemic", MELPHALAN_DEX),
    OptionRule("bortezomib_mono", "systemic", BORTEZOMIB_MONO),
    OptionRule("bortezomib_combination", "systemic", BORTEZOMIB_COMBINATION),
    OptionRule("thalidomide_based", "systemic", THALIDOMIDE_BASED),
    OptionRule("asct", "systemic", ASCT, step="after_induction"),
    OptionRule("ivig", "any", IVIG_AND_PLASMA_EXCHANGE),
    OptionRule("plasma_exchange", "any", IVIG_AND_PLASMA_EXCHANGE),
    OptionRule("bevacizumab", "any", BEVACIZUMAB),
)
