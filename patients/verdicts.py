"""What the guideline finds in an assessment while it is filled in, and what it still waits for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from guideline.case_input import parse_case
from guideline.edition import Edition, load_edition
from guideline.facts import Case
from guideline.logic import Truth
from guideline.open_facts import open_facts
from guideline.rules.diagnosis import castleman_variant, chiba, mayo
from guideline.rules.extent import disseminated_reasons, extent, obstacles
from guideline.rules.pathway import variant_possible
from guideline.wording import listed, sentence, words_of
from patients.models import Criterion

EXTENT_LABELS = {
    "bone_lesion_count": "Number of bone lesions",
    "whole_body_imaging": "Whole skeleton imaged",
    "diffuse_bone_lesions": "Diffuse bone lesions",
    "clonal_marrow_plasma_cells": "Clonal plasma cells in the marrow",
}
EXTENT_WORDS = {
    "localized": "Localized",
    "disseminated": "Disseminated",
    "undetermined": "Undetermined",
}


@dataclass(frozen=True)
class Missing:
    """Unknown facts that could still change a verdict: each by itself, or only with others."""

    alone: list[str]
    together: list[str]


@dataclass(frozen=True)
class CriteriaVerdict:
    """One set of criteria: met, not met, or (None) open; and the rule in words."""

    name: str
    met: Truth
    missing: Missing
    rule_in_words: str


@dataclass(frozen=True)
class DiagnosisVerdicts:
    """Both sets side by side, and what the guideline warns of ("" for nothing)."""

    sets: list[CriteriaVerdict]
    warning: str


@dataclass(frozen=True)
class ExtentVerdict:
    finding: str
    word: str
    because: str
    missing: Missing
    rule_in_words: str


def diagnosis_verdicts(answers: Mapping[str, Truth]) -> DiagnosisVerdicts:
    """Both verdicts on criteria answered so far; what is not in ``answers`` is not known."""
    edition = load_edition()
    case = parse_case({"line": "first", "diagnosis": {name: answers.get(name) for name in Criterion.values}})
    sets = [
        _criteria("Mayo criteria", "FINDING-MAYO", partial(mayo, edition=edition), case, edition),
        _criteria("Chiba criteria", "FINDING-CHIBA", partial(chiba, edition=edition), case, edition),
    ]
    return DiagnosisVerdicts(sets, _warning(case, edition))


def extent_verdict(found: Mapping[str, object], *, after_radiation: bool) -> ExtentVerdict:
    """The extent as found so far. After radiation alone no lesion is not a disease without lesions."""
    edition = load_edition()
    known = {name: found.get(name) for name in EXTENT_LABELS}
    case = parse_case({"line": "after_radiation" if after_radiation else "first", "extent": known})
    finding = extent(case, edition)
    return ExtentVerdict(
        finding=finding,
        word=EXTENT_WORDS[finding],
        because=_because(finding, case, edition),
        missing=_missing(partial(extent, edition=edition), case, edition, "extent", EXTENT_LABELS),
        rule_in_words=edition.fill(edition.statement("FINDING-EXTENT").rule_in_words, {}),
    )


def _criteria(
    name: str, statement: str, judge: Callable[[Case], Truth], case: Case, edition: Edition
) -> CriteriaVerdict:
    labels = {str(criterion.value): str(criterion.label) for criterion in Criterion}
    return CriteriaVerdict(
        name=name,
        met=judge(case),
        missing=_missing(judge, case, edition, "diagnosis", labels),
        rule_in_words=edition.fill(edition.statement(statement).rule_in_words, {}),
    )


def _missing(
    judge: Callable[[Case], object], case: Case, edition: Edition, group: str, labels: Mapping[str, str]
) -> Missing:
    found = open_facts(judge, case, edition, [f"{group}.{name}" for name in labels])
    named = [(labels[one.fact.removeprefix(f"{group}.")], one.alone) for one in found]
    return Missing(
        alone=[label for label, alone in named if alone],
        together=[label for label, alone in named if not alone],
    )


def _because(finding: str, case: Case, edition: Edition) -> str:
    """The reasons for *disseminated*, or what keeps the extent from being said; else nothing."""
    words = words_of(case, edition)
    if finding == "disseminated":
        return _reasons("systemic-mandatory", disseminated_reasons(case, edition), words, edition)
    if finding == "undetermined":
        return _reasons("extent-undetermined", obstacles(case), words, edition)
    return ""


def _reasons(statement: str, reasons: Sequence[str], words: Mapping[str, str], edition: Edition) -> str:
    parts = edition.statement(statement).parts
    text = listed([edition.fill(parts[reason], words) for reason in reasons]) if reasons else ""
    return text[:1].upper() + text[1:]


def _warning(case: Case, edition: Edition) -> str:
    words = words_of(case, edition)
    if castleman_variant(case) is True:
        return sentence(edition, "castleman-variant", words)
    return sentence(edition, "castleman-variant-possible", words) if variant_possible(case) else ""
