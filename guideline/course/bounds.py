"""What a value with a comparator can and cannot prove.

A laboratory that reports ``< 20`` has told us a set of values, not a number. A rule is certain of
such a set if it gives the same answer at both of its ends, because every rule here moves in one
direction only: the caller asks once with the most hopeful end and once with the least hopeful one.

An end that is not itself allowed (``< 20`` never is 20) leans away from its number by less than any
difference a rule could ask for, so ``> 96`` is above a limit of 96 and ``>= 96`` need not be.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

COMPARATORS = ("<", "<=", ">", ">=")


class Edge(NamedTuple):
    """A number, and whether it is meant exactly (0), or just below (-1) or just above (1) it.

    Edges compare as tuples do: by number first, by lean where the numbers are equal.
    """

    number: Decimal
    lean: int = 0

    def times(self, factor: Decimal) -> "Edge":
        """The edge scaled by a positive factor."""
        return Edge(self.number * factor, self.lean)

    def plus(self, amount: Decimal) -> "Edge":
        """The edge moved by an exact amount."""
        return Edge(self.number + amount, self.lean)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The lowest and the highest value that a result allows; the same edge twice if it is exact."""

    low: Edge
    high: Edge

    def surely_above(self, limit: Decimal) -> bool:
        """Above the limit, whatever the value is within the bounds."""
        return self.low > Edge(limit)

    def surely_at_least(self, limit: Decimal) -> bool:
        """At or above the limit, whatever the value is within the bounds."""
        return self.low >= Edge(limit)

    def surely_at_most(self, limit: Decimal) -> bool:
        """At or below the limit, whatever the value is within the bounds."""
        return self.high <= Edge(limit)

    def surely_below(self, limit: Decimal) -> bool:
        """Below the limit, whatever the value is within the bounds."""
        return self.high < Edge(limit)


def bounds_of(number: Decimal, comparator: str | None) -> Bounds:
    """The values a result allows. What is measured here is never negative, so ``<`` ends at zero."""
    match comparator:
        case "<":
            return Bounds(_ZERO, Edge(number, -1))
        case "<=":
            return Bounds(_ZERO, Edge(number))
        case ">":
            return Bounds(Edge(number, 1), _NO_UPPER_END)
        case ">=":
            return Bounds(Edge(number), _NO_UPPER_END)
    exactly = Edge(number)
    return Bounds(exactly, exactly)


_ZERO = Edge(Decimal(0))
_NO_UPPER_END = Edge(Decimal("Infinity"))
