"""The timeline's data against a hand-written select-and-dump of the same rows, in the same run.

``python -m benchmarks.timeline``. Ours reads scans too, groups the values into series, marks which of a day
counts and converts units: it may take half as long again, and of 5,000 values twice as long. Exits with 1 if
a limit is broken. Elapsed time in one process, database included, the two taking turns, because a busy
machine slows both.
"""

import statistics
import sys
import time
from collections.abc import Callable

from benchmarks.house import report, running_house

MOST = {500: 1.5, 1000: 1.5, 5000: 2.0}
TURNS = 15
CALLS = 10


def turns(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float, float]:
    """Median milliseconds of each, and the median of their ratio turn by turn."""
    pairs = [(_milliseconds(ours), _milliseconds(theirs)) for _ in range(TURNS + 1)][1:]
    return (
        statistics.median(one for one, _ in pairs),
        statistics.median(other for _, other in pairs),
        statistics.median(one / other for one, other in pairs),
    )


def _milliseconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    for _ in range(CALLS):
        act()
    return (time.perf_counter() - began) / CALLS * 1000


def main() -> int:
    kept = []
    with running_house():
        from benchmarks.timeline_reads import Course  # noqa: PLC0415 - needs Django

        for number, most in MOST.items():
            with Course.of(number) as course:
                ours, by_hand, ratio = turns(course.ours, course.by_hand)
                report(f"timeline data of {number} values", ours, unit="ms")
                report("select and dump by hand", by_hand, unit="ms")
                kept.append(report("timeline data / by hand", ratio, unit="x", limit=most))
                report("size of the data", len(course.ours()) / 1024, unit="KiB")
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
