"""All alerts of a reading: each once, the most severe, put into words."""

from guideline.course import axis_findings, radiation_findings, vegf_findings, watches
from guideline.course.definitions import Definitions
from guideline.course.facts import in_words
from guideline.course.history import History
from guideline.course.reading import SEVERITIES, Alert, Axes, Finding
from guideline.course.sentences import sentence, sources_of, thresholds_of
from guideline.course.wording import day_in_words


def alerts_of(axes: Axes, history: History, rules: Definitions) -> tuple[Alert, ...]:
    """The alerts by severity, then id."""
    found = [
        *vegf_findings.find(axes, history, rules),
        *axis_findings.find(axes, history, rules),
        *radiation_findings.find(axes, rules),
        *watches.find(history, rules),
    ]
    kept: dict[str, Finding] = {}
    for finding in sorted(found, key=_urgency):
        kept.setdefault(finding.id, finding)
    return tuple(_in_words(finding, rules) for finding in kept.values())


def _urgency(finding: Finding) -> tuple[int, str, int]:
    """The most severe first, then by id; of two alike the newer, for only one of them is kept."""
    return SEVERITIES.index(finding.severity), finding.id, -finding.since.toordinal()


def _in_words(finding: Finding, rules: Definitions) -> Alert:
    edition = rules.edition
    statement = edition.statement(finding.id)
    values = {
        **finding.values,
        "facts": in_words(finding.facts),
        "since": day_in_words(finding.since),
    }
    return Alert(
        id=finding.id,
        severity=finding.severity,
        text=sentence(statement, finding.variant, values, edition),
        since=finding.since,
        rule_in_words=edition.rule_in_words(finding.id),
        thresholds=thresholds_of(statement, edition),
        sources=sources_of(statement, finding.variant),
        facts=finding.facts,
    )
