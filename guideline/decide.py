"""From a case and an edition to a decision: arguments, statuses, advisories and missing facts.

Pure: it reads nothing but its two arguments, and the same input gives the same output byte for byte.
"""

from collections.abc import Mapping, Sequence

from guideline import ENGINE_VERSION
from guideline.case_input import facts_as_json, facts_sha256
from guideline.decision import (
    Advisory,
    Argument,
    ContentVersion,
    Decision,
    FactUsed,
    Finding,
    OptionDecision,
    ThresholdUsed,
)
from guideline.edition import Edition
from guideline.fact_table import FACT
from guideline.facts import Case
from guideline.missing import missing_facts
from guideline.rules.advisories import ADVISORIES
from guideline.rules.advisory import SEVERITIES, AdvisoryRule
from guideline.rules.argument import ArgumentRule
from guideline.rules.findings import FINDINGS, FindingRule
from guideline.rules.options import OPTIONS
from guideline.rules.pathway import find
from guideline.rules.situation import Judged, OptionStatus, Situation
from guideline.rules.statuses import STATUS_ORDER, applying, status_of
from guideline.wording import listed, sentence, words_of


def decide(case: Case, edition: Edition) -> Decision:
    """Every option with its arguments and its status, the advisories, and what is missing."""
    situation = Situation(case, find(case, edition), edition)
    words = words_of(case, edition)
    judged = {option.id: status_of(option, situation) for option in OPTIONS}
    statuses = {option: status for option, (status, _) in judged.items()}
    findings, facts = situation.findings, facts_as_json(case)
    return Decision(
        content=ContentVersion(edition.id, edition.version, edition.status),
        engine=ENGINE_VERSION,
        facts=facts,
        facts_sha256=facts_sha256(facts),
        mayo=findings.mayo,
        chiba=findings.chiba,
        castleman_variant=findings.castleman_variant,
        established=findings.established,
        pregnancy_not_excluded=findings.pregnancy_not_excluded,
        extent=findings.extent,
        pathway=findings.pathway,
        findings=tuple(_found(rule, case, edition) for rule in FINDINGS),
        options=_ranked(situation, judged, words),
        advisories=_advise(Judged(situation, statuses), words),
        missing=missing_facts(situation, statuses),
    )


def _found(rule: FindingRule, case: Case, edition: Edition) -> Finding:
    statement = edition.statement(rule.rule)
    return Finding(
        key=rule.key,
        rule=rule.rule,
        rule_in_words=edition.rule_in_words(rule.rule),
        sources=statement.sources,
        facts=_facts_used(case, rule.reads, rule.rests_on),
        thresholds=_thresholds_used(edition, rule.thresholds),
        counter_evidence=statement.counter_evidence,
    )


def _ranked(
    situation: Situation, judged: Mapping[str, tuple[OptionStatus, str]], words: Mapping[str, str]
) -> tuple[OptionDecision, ...]:
    """By status, then in the order of the table (sorting keeps that order), numbered from 1."""
    in_order = sorted(OPTIONS, key=lambda option: STATUS_ORDER.index(judged[option.id][0]))
    return tuple(
        OptionDecision(
            id=option.id,
            status=judged[option.id][0],
            rank=rank,
            step=option.step,
            status_rule=judged[option.id][1],
            status_text=sentence(situation.edition, judged[option.id][1], words),
            rule_in_words=situation.edition.rule_in_words(judged[option.id][1]),
            arguments=tuple(_argue(rule, situation, words) for rule in applying(option, situation)),
        )
        for rank, option in enumerate(in_order, start=1)
    )


def _argue(rule: ArgumentRule, situation: Situation, words: Mapping[str, str]) -> Argument:
    edition = situation.edition
    statement = edition.statement(rule.rule)
    return Argument(
        rule=rule.rule,
        direction=rule.direction,
        strength=rule.strength,
        text=sentence(edition, rule.rule, {**words, "facts_read": _facts_read(rule, words)}),
        rule_in_words=edition.rule_in_words(rule.rule),
        sources=statement.sources,
        facts=_facts_used(situation.case, rule.reads, rule.rests_on),
        thresholds=_thresholds_used(edition, rule.thresholds),
        absolute=statement.absolute,
        counter_evidence=statement.counter_evidence,
    )


def _facts_read(rule: ArgumentRule, words: Mapping[str, str]) -> str:
    """What the rule itself looked at, in words; the line is said elsewhere."""
    return listed([words[path] for path in rule.reads if path != "line"])


def _advise(judged: Judged, words: Mapping[str, str]) -> tuple[Advisory, ...]:
    """Critical first, then in the order of the table."""
    found = [_advisory(rule, judged, words) for rule in ADVISORIES if rule.applies(judged)]
    return tuple(sorted(found, key=lambda advisory: SEVERITIES.index(advisory.severity)))


def _advisory(rule: AdvisoryRule, judged: Judged, words: Mapping[str, str]) -> Advisory:
    edition, case = judged.situation.edition, judged.situation.case
    statement = edition.statement(rule.id)
    variant = rule.variant(judged) if rule.variant else None
    reasons = rule.reasons(judged) if rule.reasons else None
    own_sources = statement.variants[variant].sources if variant else ()
    return Advisory(
        id=rule.id,
        severity=rule.severity_in(judged),
        text=sentence(edition, rule.id, words, variant=variant, reasons=reasons),
        rule_in_words=edition.rule_in_words(rule.id),
        sources=own_sources or statement.sources,
        facts=_facts_used(case, rule.reads),
        thresholds=_thresholds_used(edition, rule.thresholds),
        counter_evidence=statement.counter_evidence,
    )


def _facts_used(case: Case, reads: Sequence[str], rests_on: Sequence[str] = ()) -> tuple[FactUsed, ...]:
    """What a rule reads, known or not, and the facts behind it that are known; each once."""
    behind = [path for path in rests_on if FACT[path].read(case) is not None]
    return tuple(FactUsed(path, FACT[path].read(case)) for path in dict.fromkeys((*reads, *behind)))


def _thresholds_used(edition: Edition, keys: Sequence[str]) -> tuple[ThresholdUsed, ...]:
    used = (edition.threshold(key) for key in keys)
    return tuple(ThresholdUsed(threshold.key, threshold.value, threshold.unit) for threshold in used)
