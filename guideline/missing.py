"""Which unknown facts would change the decision, alone or together, and what they would change.

Every unknown fact is tried with each of its test values while the others stay as they are. Only
what the fact can reach is judged again: findings if they rest on it, options if they read it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from guideline.edition import Edition
from guideline.fact_table import FACT, FACTS, FactDefinition
from guideline.facts import Case, FactValue
from guideline.rules.options import OPTIONS, OptionRule
from guideline.rules.pathway import find
from guideline.rules.situation import Findings, OptionStatus, Situation
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

# What helps in no pathway is set aside whatever is known, so nothing can change it; a test holds this.
OPEN_OPTIONS = tuple(option for option in OPTIONS if option.home != "any")

# Statuses that all say "not this one": a change among them is no change of the decision.
_SET_ASIDE = frozenset({"not_applicable", "not_judged", "not_recommended", "excluded"})


Tried = tuple[tuple[str, FactValue], ...]


@dataclass(frozen=True, slots=True)
class MissingFact:
    """An unknown fact that would change the decision; ``can_change`` names what, in table order."""

    fact: str
    can_change: tuple[str, ...]


def missing_facts(situation: Situation, statuses: Mapping[str, OptionStatus]) -> tuple[MissingFact, ...]:
    """The unknown facts that matter, in the order of the table of facts."""
    trial = _Trial(situation, statuses)
    changes: dict[str, set[str]] = {}
    for paths in _attempts(situation.case):
        found = trial.changes(paths)
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


class _Trial:
    """What would be different if facts were known, judged against one situation.

    A status follows from the findings an option may look at and from the facts its arguments read.
    All other facts stand still during a trial, so a status is judged once for each of these.
    """

    def __init__(self, before: Situation, statuses: Mapping[str, OptionStatus]) -> None:
        self._before = before
        self._statuses = statuses
        self._judged: dict[tuple[str, tuple[str, str, bool], Tried], OptionStatus] = {}

    def changes(self, paths: tuple[str, ...]) -> set[str]:
        """What changes when the facts at ``paths`` take any combination of their test values."""
        changed: set[str] = set()
        values = (trial_values(FACT[path], self._before.edition) for path in paths)
        for combination in product(*values):
            tried = dict(zip(paths, combination, strict=True))
            case = self._before.case
            for path, value in tried.items():
                case = case.having(path, value)
            if case.contradiction() is None:
                changed |= self._difference(case, tried)
        return changed

    def _difference(self, case: Case, tried: Mapping[str, FactValue]) -> set[str]:
        before = self._before.findings
        findings = before if BEHIND_FINDINGS.isdisjoint(tried) else find(case, self._before.edition)
        changed = self._options_changed(Situation(case, findings, self._before.edition), tried)
        if findings.extent != before.extent:
            changed.add("extent")
        if findings.pathway != before.pathway:
            changed.add("pathway")
        return changed

    def _options_changed(self, after: Situation, tried: Mapping[str, FactValue]) -> set[str]:
        """The options whose status is another one; those that nothing reaches are not judged again."""
        is_alike = behind_statuses(after.findings) == behind_statuses(self._before.findings)
        changed: set[str] = set()
        if is_alike and BEHIND_STATUSES.isdisjoint(tried):
            return changed
        for option in OPEN_OPTIONS:
            paths = option.reads & tried.keys()
            if is_alike and not paths:
                continue
            read = tuple((path, tried[path]) for path in tried if path in paths) if paths else ()
            status = self._status(option, after, read)
            if not _is_same_advice(status, self._statuses[option.id]):
                changed.add(f"option:{option.id}")
        return changed

    def _status(self, option: OptionRule, after: Situation, read: Tried) -> OptionStatus:
        key = (option.id, behind_statuses(after.findings), read)
        if key not in self._judged:
            self._judged[key], _ = status_of(option, after, applying(option, after))
        return self._judged[key]


def behind_statuses(findings: Findings) -> tuple[str, str, bool]:
    """The findings that arguments and statuses look at; the criteria work through the pathway."""
    return findings.extent, findings.pathway, findings.pregnancy_not_excluded


def _is_same_advice(status: OptionStatus, other: OptionStatus) -> bool:
    return status == other or {status, other} <= _SET_ASIDE
