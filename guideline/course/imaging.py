"""Reading FDG-PET: decline at once, an absent response only when a scan has had time to show it.

The best response on FDG-PET may come 6 to 12 months after treatment (S1), so what a scan is called
depends on the phase it was made in; what has progressed has progressed in any phase.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from guideline.course.change import percent_change
from guideline.course.clocks import days_after, has_been_months, months_after
from guideline.course.definitions import Definitions
from guideline.course.history import History, Scan, Treatment, one_per_day
from guideline.course.lines import Line, last_end
from guideline.course.verdicts import (
    COMPLETE,
    MAY_STILL_MATURE,
    NO_BASELINE,
    NO_TREATMENT,
    NONE,
    NOT_DONE,
    PARTIAL,
    PROGRESSION,
    TOO_EARLY,
    Judged,
    not_evaluable,
)

EARLY, MATURING, MATURE = "early", "maturing", "mature"
DUE, OVERDUE = "due", "overdue"
NOT_AVID = "not avid, follow by CT"


@dataclass(frozen=True, slots=True)
class ScanReading:
    """A scan of the line: what it showed, how early it was made, and the scans it is compared with."""

    scan: Scan
    judged: Judged
    phase: str
    compared: tuple[Scan, ...]

    @property
    def fewest_lesions(self) -> Scan | None:
        """The first of the scans compared with that had the fewest avid lesions."""
        return min(self.compared, key=lambda scan: scan.avid_lesions, default=None)

    @property
    def lowest_sum(self) -> Scan | None:
        """The first of the scans compared with that had the lowest summed SUVmax."""
        return min(self.compared, key=lambda scan: scan.sum_suv_max, default=None)


@dataclass(frozen=True, slots=True)
class Imaging:
    """How the scans of the current line read. ``phase`` and ``anchor`` are those of the day of reading."""

    phase: str | None
    anchor: date | None
    baseline: Scan | None
    scans: tuple[ScanReading, ...]
    judged: Judged
    progressed_on: date | None
    due: str | None

    @property
    def latest(self) -> ScanReading | None:
        """The last scan after the start of the line."""
        return self.scans[-1] if self.scans else None

    @property
    def change_percent(self) -> Decimal | None:
        """Of the summed SUVmax, from baseline to latest scan; a fall is negative."""
        if self.baseline is None or self.latest is None:
            return None
        return percent_change(self.baseline.sum_suv_max, self.latest.scan.sum_suv_max)


def read_imaging(history: History, line: Line | None, rules: Definitions) -> Imaging:
    """The imaging axis on the day of reading."""
    if line is None:
        return Imaging(None, None, None, (), not_evaluable(NO_TREATMENT), None, None)
    scans = one_per_day(history.scans)
    first = days_after(line.start, -rules.whole("pet_baseline_days"))
    baseline = next((s for s in reversed(scans) if first <= s.on <= line.start), None)
    read = _read_scans(baseline, [s for s in scans if s.on > line.start], line, rules)
    progressed_on = next((r.scan.on for r in reversed(read) if r.judged.word == PROGRESSION), None)
    judged = _verdict(baseline, read)
    phase = phase_on(history.as_of, line, rules)
    anchor = anchor_on(history.as_of, line, rules)
    due = _due(judged.word, baseline, phase)
    return Imaging(phase, anchor, baseline, read, judged, progressed_on, due)


def phase_on(day: date, line: Line, rules: Definitions) -> str:
    """How far the scans' clock had run on a day, by the treatments started until then."""
    anchor = anchor_on(day, line, rules)
    if has_been_months(rules.whole("pet_mature_months"), since=anchor, on=day):
        return MATURE
    return MATURING if has_been_months(rules.whole("pet_early_months"), since=anchor, on=day) else EARLY


def anchor_on(day: date, line: Line, rules: Definitions) -> date:
    """The day that the lag of imaging is counted from, as the treatments stood on ``day``.

    The end of local or high-dose treatment where there is one. Drugs are counted as a course of
    limited length, so that stopping a long one does not make an old scan early again.
    """
    started = line.started_by(day)
    decisive = [_finished(t, rules) for t in started if t.kind in ("radiation", "asct")]
    if decisive:
        return max(decisive)
    course = months_after(line.start, rules.whole("course_months"))
    end = last_end(started)
    return course if end is None else min(end, course)


def _finished(treatment: Treatment, rules: Definitions) -> date:
    if treatment.end is not None:
        return treatment.end
    if treatment.kind == "asct":
        return treatment.start
    return days_after(treatment.start, rules.whole("radiation_course_days"))


def _read_scans(
    baseline: Scan | None, later: list[Scan], line: Line, rules: Definitions
) -> tuple[ScanReading, ...]:
    seen = [] if baseline is None else [baseline]
    read = []
    for scan in later:
        judged = _response(scan, baseline, seen, rules)
        read.append(ScanReading(scan, judged, phase_on(scan.on, line, rules), tuple(seen)))
        seen.append(scan)
    return tuple(read)


def _response(scan: Scan, baseline: Scan | None, seen: list[Scan], rules: Definitions) -> Judged:
    lesions = min((s.avid_lesions for s in seen), default=None)
    lowest = min((s.sum_suv_max for s in seen), default=None)
    if scan.new_lesion or _more_than(lesions, scan) or _hotter_than(lowest, scan, rules):
        return Judged(PROGRESSION)
    if baseline is None:
        return not_evaluable(NO_BASELINE)
    if baseline.avid_lesions == 0:
        return not_evaluable(NOT_AVID)
    if scan.avid_lesions == 0:
        return Judged(COMPLETE)
    before = baseline.sum_suv_max
    remaining = before * (1 - rules.share("pet_partial_fall"))
    return Judged(PARTIAL if before > 0 and scan.sum_suv_max <= remaining else NONE)


def _more_than(best: int | None, scan: Scan) -> bool:
    return best is not None and scan.avid_lesions > best


def _hotter_than(best: Decimal | None, scan: Scan, rules: Definitions) -> bool:
    return best is not None and best > 0 and scan.sum_suv_max >= best * rules.decimal("pet_rise")


def _verdict(baseline: Scan | None, read: tuple[ScanReading, ...]) -> Judged:
    if not read:
        no_lesion_to_follow = baseline is not None and baseline.avid_lesions == 0
        return not_evaluable(NOT_AVID) if no_lesion_to_follow else Judged(NOT_DONE)
    standing: date | None = None
    progressed: date | None = None
    for reading in read:
        if reading.judged.word == PROGRESSION:
            standing = progressed = reading.scan.on
        elif reading.scan.avid_lesions == 0:
            standing = None
    if standing is not None:
        return Judged(PROGRESSION)
    latest = read[-1]
    if progressed is not None and not latest.judged.evaluable:
        return not_evaluable(f"progression on {progressed.isoformat()}, since cleared")
    return _in_its_phase(latest)


def _in_its_phase(latest: ScanReading) -> Judged:
    word = latest.judged.word
    if word in (PARTIAL, NONE) and latest.phase == EARLY:
        return Judged(TOO_EARLY)
    if word == PARTIAL and latest.phase == MATURING:
        return Judged(MAY_STILL_MATURE)
    return latest.judged


def _due(verdict: str, baseline: Scan | None, phase: str) -> str | None:
    if baseline is not None and baseline.avid_lesions == 0:
        return None
    if verdict in (NOT_DONE, TOO_EARLY):
        return {EARLY: None, MATURING: DUE, MATURE: OVERDUE}[phase]
    return DUE if verdict == MAY_STILL_MATURE and phase == MATURE else None
