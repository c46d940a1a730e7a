"""What a reading makes of the alerts that stand: raise, change, bring back, resolve. Saves nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from monitoring.alerts.findings import Findings, Found, severity_rank
from monitoring.alerts.models import Alert, AlertStep, Ending, Happening, Return

QUIET = {
    "acknowledged_at": None,
    "acknowledged_by": None,
    "acknowledged_on": None,
    "acknowledged_severity": "",
    "reason": "",
    "note": "",
    "review_on": None,
    "next_step": "",
    "next_step_id": None,
}


@dataclass
class Changes:
    """Rows to add and to save, and the steps that say why."""

    now: datetime
    new: list[Alert] = field(default_factory=list)
    changed: list[Alert] = field(default_factory=list)
    steps: list[AlertStep] = field(default_factory=list)

    def note(self, alert: Alert, happening: Happening, reason: str = "") -> None:
        self.steps.append(
            AlertStep(
                hospital_id=alert.hospital_id,
                patient_id=alert.patient_id,
                alert=alert,
                rule=alert.rule,
                happening=happening,
                severity=alert.severity,
                at=self.now,
                reason=reason,
            )
        )


def reconcile(
    standing: Iterable[Alert],
    findings: Findings | None,
    changes: Changes,
    *,
    patient_id: UUID,
    hospital_id: UUID,
    on: date,
) -> list[Alert]:
    """The alerts of one patient that are open afterwards; ``findings`` None: not in care, so nothing is."""
    shown = dict(findings.shown) if findings else {}
    kept = []
    for alert in standing:
        found = shown.pop(alert.rule, None)
        if found is None:
            _resolve(alert, _ending(alert, findings), changes)
        else:
            _follow(alert, found, changes, on=on)
            kept.append(alert)
    for found in shown.values():
        alert = Alert(hospital_id=hospital_id, patient_id=patient_id, opened_at=changes.now, **vars(found))
        changes.new.append(alert)
        changes.note(alert, Happening.RAISED)
        kept.append(alert)
    return kept


def _ending(alert: Alert, findings: Findings | None) -> Ending:
    if findings is None:
        return Ending.CARE_ENDED
    if alert.rule in findings.closed:
        return Ending.CLOSED
    return Ending.FOLLOW_UP if alert.rule in findings.left_to_follow_up else Ending.NOT_TRUE


def _resolve(alert: Alert, ending: Ending, changes: Changes) -> None:
    alert.resolved_at, alert.ending = changes.now, ending
    alert.version += 1
    changes.changed.append(alert)
    changes.note(alert, Happening.RESOLVED, ending)


def _follow(alert: Alert, found: Found, changes: Changes, *, on: date) -> None:
    """Let the alert say what is true now; an acknowledgement that no longer covers it lapses."""
    before, back = alert.severity, _return(alert, found, on=on)
    values = vars(found)
    differs = any(getattr(alert, name) != value for name, value in values.items())
    if not differs and back is None:
        return
    for name, value in (values | (QUIET if back else {})).items():
        setattr(alert, name, value)
    alert.version += 1
    changes.changed.append(alert)
    if before != found.severity:
        worse = severity_rank(found.severity) < severity_rank(before)
        changes.note(alert, Happening.MORE_SEVERE if worse else Happening.LESS_SEVERE)
    if back is not None:
        changes.note(alert, Happening.RETURNED, back)


def _return(alert: Alert, found: Found, *, on: date) -> Return | None:
    """Why an acknowledged alert asks again, None while it may rest."""
    if alert.acknowledged_at is None or alert.review_on is None:
        return None
    if severity_rank(found.severity) < severity_rank(alert.acknowledged_severity):
        return Return.RAISED
    if found.fingerprint != alert.fingerprint:
        return Return.NEW_DATA
    return Return.REVIEW if alert.review_on <= on else None
