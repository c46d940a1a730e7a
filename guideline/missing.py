"""Which unknown facts would change the decision, alone or together, and what they would change.

Every unknown fact is tried with each of its test values while the others stay as they are. Only
what the fact can reach is judged again: findings if they rest on it, options if they read it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from guideline.edition import Edition
from guideline.fact_table import FACTS, FactDefinition
from guideline.facts import Case, FactValue
from guideline.rules.options import OPTIONS
from guideline.rules.pathway import find
from guideline.rules.situation import OptionStatus, Situation
from guideline.rules.statuses import applying, status_of

# Numeric facts by the thresholds they are compared with: below (with < or >=), and above (with >).
BELOW: Mapping[str, tuple[str, ...]] = {
    "patient.age_years": ("childbearing_age_limit",),
    "labs.hemoglobin_g_dl": ("anemia_male", "anemia_female"),
    "labs.platelets_10e9_l": ("thrombocytopenia",),
    "labs.egfr_ml_min_173m2": ("egfr_low",),
    "radiation.months_since_last_fraction": ("stability_from_months", "stability_until_months"),
}
ABOVE: Mapping[str, tuple[str, ...]] = {
    "patient.age_years": ("age_adverse", "age_survival"),
    "labs.platelets_10e9_l": ("thrombocytosis",),
}
LESION_COUNT = "extent.bone_lesion_count"
RADIATION_CLOCK = ("radiation.months_since_last_fraction", "radiation.stabilized")
EXTENT_TRIO = (LESION_COUNT, "extent.whole_body_imaging", "extent.clonal_marrow_plasma_cells")

# The facts that findings rest on (criteria, extent, pathway, pregnancy); a test holds this complete.
BEHIND_FINDINGS = frozenset(
    fact.path
    for fact in FACTS
    if fact.group in ("patient", "diagnosis", "extent", "radiation") or fact.path == "line"
)
BEHIND_STATUSES = frozenset().union(*(option.reads for option in OPTIONS))

# Statuses that all say "not this one": a change among them is no change of the decision.
_SET_ASIDE = frozenset({"not_applicable", "not_judged", "not_recommended", "excluded"})


@dataclass(frozen=True, slots=True)
class MissingFact:
    """An unknown fact that would change the decision; ``can_change`` names what, in table order."""

    fact: str
    can_change: tuple[str, ...]


def missing_facts(situation: Situation, statuses: Mapping[str, OptionStatus]) -> tuple[MissingFact, ...]:
    """The unknown facts that matter, in the order of the table of facts."""
    changes: dict[str, set[str]] = {}
    for paths in _attempts(situation.case):
        found = _changes(situation, statuses, paths)
        for path in paths if found else ():
            changes.setdefault(path, set()).update(found)
    everything = ("extent", "pathway", *(f"option:{option.id}" for option in OPTIONS))
    return tuple(
        MissingFact(fact.path, tuple(name for name in everything if name in changes[fact.path]))
        for fact in FACTS
        if fact.path in changes
    )


def _attempts(case: Case) -> Iterator[tuple[str, ...]]:
    """The unknown facts to try: each alone, then those that matter only together."""
    for fact in FACTS:
        if fact.read(case) is None and _may_be_asked(case, fact):
            yield (fact.path,)
    clock = _unknown_of(case, RADIATION_CLOCK)
    if case.line == "after_radiation" and clock == RADIATION_CLOCK:
        yield clock
    trio = _unknown_of(case, EXTENT_TRIO)
    if len(trio) > 1:
        yield trio


def _unknown_of(case: Case, paths: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(path for path in paths if case.value(path) is None)


def _may_be_asked(case: Case, fact: FactDefinition) -> bool:
    """Whether the fact has a meaning in this case, and whether any status can depend on it."""
    if fact.path not in BEHIND_FINDINGS and fact.path not in BEHIND_STATUSES:
        return False
    if fact.group == "prior":
        return case.line in ("switch", "relapse")
    if fact.path == "patient.pregnancy":
        return case.patient.sex != "male"
    return fact.only_with_line in (None, case.line)


def _changes(situation: Situation, statuses: Mapping[str, OptionStatus], paths: tuple[str, ...]) -> set[str]:
    """What changes when the facts at ``paths`` take any combination of their test values."""
    changed: set[str] = set()
    values = (trial_values(_DEFINITIONS[path], situation.edition) for path in paths)
    for combination in product(*values):
        tried = situation.case
        for path, value in zip(paths, combination, strict=True):
            tried = tried.having(path, value)
        if tried.contradiction() is None:
            changed |= _difference(situation, statuses, tried, frozenset(paths))
    return changed


def trial_values(fact: FactDefinition, edition: Edition) -> tuple[FactValue, ...]:
    """The values worth trying for a fact: every choice, or both sides of every threshold."""
    if fact.kind == "boolean":
        return (True, False)
    if fact.kind == "choice":
        return fact.choices
    if fact.path == LESION_COUNT:
        limit = edition.numbers["limited_lesion_limit"]
        return (0, 1, limit, limit + 1)
    below = [edition.numbers[key] for key in BELOW.get(fact.path, ())]
    above = [edition.numbers[key] for key in ABOVE.get(fact.path, ())]
    tried = {number for limit in below for number in (limit - 1, limit)}
    return tuple(sorted(tried.union(number for limit in above for number in (limit, limit + 1))))


def _difference(
    before: Situation, statuses: Mapping[str, OptionStatus], case: Case, paths: frozenset[str]
) -> set[str]:
    """What differs between the situation before and the same with another case."""
    findings = before.findings if paths.isdisjoint(BEHIND_FINDINGS) else find(case, before.edition)
    after = Situation(case, findings, before.edition)
    is_same = findings == before.findings
    changed: set[str] = set()
    if findings.extent != before.findings.extent:
        changed.add("extent")
    if findings.pathway != before.findings.pathway:
        changed.add("pathway")
    for option in OPTIONS:
        if is_same and paths.isdisjoint(option.reads):
            continue
        status, _ = status_of(option, after, applying(option, after))
        if status != statuses[option.id] and not {status, statuses[option.id]} <= _SET_ASIDE:
            changed.add(f"option:{option.id}")
    return changed


_DEFINITIONS: Mapping[str, FactDefinition] = {fact.path: fact for fact in FACTS}
