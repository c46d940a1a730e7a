"""Which unknown facts a single finding still hangs on: Mayo, Chiba or extent, not the whole decision.

The finding itself is asked, with every combination of values for the unknown facts: nothing here knows
how a finding is reached.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from guideline.edition import Edition
from guideline.facts import Case, FactValue
from guideline.missing import trial_values

Judge = Callable[[Case], object]
Combination = tuple[FactValue, ...]


@dataclass(frozen=True, slots=True)
class OpenFact:
    """An unknown fact the finding depends on; ``alone``: one value of it changes the finding by itself."""

    fact: str
    alone: bool


def open_facts(judge: Judge, case: Case, edition: Edition, paths: Sequence[str]) -> tuple[OpenFact, ...]:
    """The facts among ``paths`` that are unknown in ``case`` and could make ``judge`` find otherwise.

    A fact is open if two courses that differ in it alone, with all other ``paths`` known, differ in the
    finding, or if its value alone changes what is found now. In the order of ``paths``.
    """
    unknown = tuple(path for path in paths if case.value(path) is None)
    values = [trial_values(path, edition) for path in unknown]
    found = {combination: judge(tried) for combination, tried in _every(case, unknown, values)}
    now = judge(case)
    result = []
    for place, path in enumerate(unknown):
        alone = any(judge(case.having(path, value)) != now for value in values[place])
        if alone or _depends(found, place):
            result.append(OpenFact(path, alone))
    return tuple(result)


def _every(
    case: Case, paths: Sequence[str], values: Sequence[Sequence[FactValue]]
) -> Iterator[tuple[Combination, Case]]:
    """The case with every combination of values, each fact set once for all that follows."""
    if not paths:
        yield (), case
        return
    for value in values[0]:
        for rest, tried in _every(case.having(paths[0], value), paths[1:], values[1:]):
            yield (value, *rest), tried


def _depends(found: dict[Combination, object], place: int) -> bool:
    """Whether two combinations that differ at ``place`` alone are found to be different."""
    seen: dict[Combination, object] = {}
    for combination, finding in found.items():
        others = (*combination[:place], *combination[place + 1 :])
        if seen.setdefault(others, finding) != finding:
            return True
    return False
