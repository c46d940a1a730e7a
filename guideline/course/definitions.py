"""The numbers and scales of one edition, as the rules of the course ask for them."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from guideline.course.change import PERCENT
from guideline.edition import Edition
from guideline.entries import Scale


@dataclass(frozen=True)
class Definitions:
    """An edition's thresholds by kind of number. Every name is a key of its thresholds."""

    edition: Edition

    def whole(self, name: str) -> int:
        """A threshold counted in whole days or calendar months."""
        return int(self.edition.number(name))

    def decimal(self, name: str) -> Decimal:
        """A threshold in its own unit, or a factor."""
        return Decimal(self.edition.number(name))

    def share(self, name: str) -> Decimal:
        """A threshold given in percent, as a share of one."""
        return self.decimal(name) / PERCENT

    @cached_property
    def scales(self) -> tuple[Scale, ...]:
        """The nerve scales, in the order of the content."""
        return tuple(self.edition.scales.values())
