"""Which unknown facts would change the decision, alone or together, and what they would change.

Every unknown fact is tried with each of its test values while the others stay as they are. Only
what the fact can reach is judged again: findings if they rest on it, options if they read it.
"""

from collections.abc import Iterator, Mapping, Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from itertools import product

from guideline.edition import Edition
from guideline.fact_table import FACT, FACTS, FactDefinition
from guideline.facts import Case, FactValue
from guideline.rules.options import OPTIONS, OptionRule
from guideline.rules.pathway import find
from guideline.rules.situation import Findings, OptionStatus, Situation
from guideline.rules.statuses import status_of

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
OPEN_OPTIONS = {f"option:{option.id}": option for option in OPTIONS if option.home != "any"}

# Statuses that all say "not this one": a change among them is no change of the decision.
_SET_ASIDE = frozenset({"not_applicable", "not_judged", "not_recommended", "excluded"})


@dataclass(frozen=True, slots=True)
class MissingFact:
    """An unknown fact that would change the decision; ``can_change`` names what, in table order."""

    fact: str
    can_change: tuple[str, ...]


def missing_facts(situation: Situation, statuses: Mapping[str, OptionStatus]) -> tuple[MissingFact, ...]:
    """The unknown facts that matter, in the order of the table of facts."""
    trial = _Trial(situation, {name: statuses[option.id] for name, option in OPEN_OPTIONS.items()})
    changes: dict[str, set[str]] = {}
    for paths in _attempts(situation.case):
        found = trial.changes(paths)
        for path in paths if found else ():
            changes.setdefault(path, set()).update(found)
    everything = ("extent", "pathway", *OPEN_OPTIONS)
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


@cache
def trial_values(path: str, edition: Edition) -> tuple[FactValue, ...]:
    """The values worth trying for a fact: every choice, or both sides of every threshold."""
    fact = FACT[path]
    if fact.kind == "boolean":
        return (True, False)
    if fact.kind == "choice":
        return fact.choices
    if path == LESION_COUNT:
        limit = edition.numbers["limited_lesion_limit"]
        return (0, 1, limit, limit + 1)
    below = [edition.numbers[key] for key in BELOW.get(path, ())]
    above = [edition.numbers[key] for key in ABOVE.get(path, ())]
    tried = {number for limit in below for number in (limit - 1, limit)}
    return tuple(sorted(tried.union(number for limit in above for number in (limit, limit + 1))))


class _Trial:
    """What would be different if facts were known, judged against one situation.

    A status follows from the findings an option may look at and from the facts its arguments read.
    So what other findings change is worked out once for each that turns up, and in a trial only the
    options that read a tried fact are judged anew.
    """

    def __init__(self, before: Situation, statuses: Mapping[str, OptionStatus]) -> None:
        self._before = before
        self._statuses = statuses
        self._changed_by: dict[tuple[str, str, bool], frozenset[str]] = {}

    def changes(self, paths: tuple[str, ...]) -> frozenset[str]:
        """What changes when the facts at ``paths`` take any combination of their test values."""
        readers = options_reading(paths)
        moves_findings = not BEHIND_FINDINGS.isdisjoint(paths)
        changed: frozenset[str] = frozenset()
        for case in self._cases(paths):
            findings = self._before.findings
            if moves_findings:
                findings = find(case, self._before.edition)
                changed |= self._changed_by_findings(findings) - readers.keys()
            # What has changed once need not be tried again.
            changed |= self._changed_status(case, findings, readers.keys() - changed)
            if not moves_findings and changed == readers.keys():
                break
        return changed

    def _cases(self, paths: tuple[str, ...]) -> Iterator[Case]:
        """The case with every combination of test values that it would not refuse."""
        for combination in product(*(trial_values(path, self._before.edition) for path in paths)):
            case = self._before.case
            for path, value in zip(paths, combination, strict=True):
                case = case.having(path, value)
            if case.contradiction() is None:
                yield case

    def _changed_by_findings(self, findings: Findings) -> frozenset[str]:
        """What is another one by other findings alone, every fact an option reads standing still."""
        seen = behind_statuses(findings)
        if seen not in self._changed_by:
            before = self._before.findings
            changed = self._changed_status(self._before.case, findings, OPEN_OPTIONS.keys())
            if findings.extent != before.extent:
                changed |= {"extent"}
            if findings.pathway != before.pathway:
                changed |= {"pathway"}
            self._changed_by[seen] = changed
        return self._changed_by[seen]

    def _changed_status(self, case: Case, findings: Findings, options: AbstractSet[str]) -> frozenset[str]:
        """Those of the options that have another status than before."""
        after = Situation(case, findings, self._before.edition)
        return frozenset(
            name
            for name in options
            if not _is_same_advice(status_of(OPEN_OPTIONS[name], after)[0], self._statuses[name])
        )


@cache
def options_reading(paths: tuple[str, ...]) -> Mapping[str, OptionRule]:
    """The options whose status rests on one of these facts directly, not only through the findings."""
    return {name: option for name, option in OPEN_OPTIONS.items() if not option.reads.isdisjoint(paths)}


def behind_statuses(findings: Findings) -> tuple[str, str, bool]:
    """The findings that arguments and statuses look at; the criteria work through the pathway."""
    return findings.extent, findings.pathway, findings.pregnancy_not_excluded


def _is_same_advice(status: OptionStatus, other: OptionStatus) -> bool:
    return status == other or {status, other} <= _SET_ASIDE
