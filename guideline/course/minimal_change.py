"""Comparing two values of a nerve scale: is the step between them one that counts?

Values are turned into *badness*, which grows as the patient gets worse whatever the direction of
the scale, so that one comparison serves all scales. Being unable to do the test is worse than every
number; two times unable is no step at all.
"""

from decimal import Decimal
from typing import NamedTuple

from guideline.course.bounds import Edge
from guideline.course.change import PERCENT
from guideline.course.history import Observation
from guideline.entries import Scale


class Badness(NamedTuple):
    """How bad a value is; compares from best to worst, every number before unable."""

    unable: bool
    edge: Edge


UNABLE = Badness(unable=True, edge=Edge(Decimal(0)))


def at_best(value: Observation, scale: Scale) -> Badness:
    """The badness of the best value that the result allows."""
    if value.unable:
        return UNABLE
    low, high = _within_range(value, scale)
    return Badness(unable=False, edge=low if scale.better == "lower" else _negated(high))


def at_worst(value: Observation, scale: Scale) -> Badness:
    """The badness of the worst value that the result allows."""
    if value.unable:
        return UNABLE
    low, high = _within_range(value, scale)
    return Badness(unable=False, edge=high if scale.better == "lower" else _negated(low))


def _within_range(value: Observation, scale: Scale) -> tuple[Edge, Edge]:
    """The lowest and the highest value that the result allows: a scale has an end, and so has its bound."""
    lowest, highest = Edge(Decimal(scale.minimum)), Edge(Decimal(scale.maximum))
    return max(value.bounds.low, lowest), min(value.bounds.high, highest)


def clearly_worse(now: Badness, reference: Badness, scale: Scale) -> bool:
    """Whether ``now`` is worse than the value compared with by the scale's minimum or more."""
    if now.unable or reference.unable:
        return now.unable and not reference.unable
    return now.edge >= _moved(reference.edge, scale, 1)


def clearly_better(now: Badness, reference: Badness, scale: Scale) -> bool:
    """Whether ``now`` is better than the value compared with by the scale's minimum or more."""
    if now.unable or reference.unable:
        return reference.unable and not now.unable
    return now.edge <= _moved(reference.edge, scale, -1)


def _moved(reference: Edge, scale: Scale, direction: int) -> Edge:
    if scale.change_in == "percent":
        return reference.times(1 + direction * scale.change / PERCENT)
    return reference.plus(Decimal(direction * scale.change))


def _negated(edge: Edge) -> Edge:
    return Edge(-edge.number, -edge.lean)
