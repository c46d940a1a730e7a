"""A sweep over 200,000 follow-ups of which 5,000 are due: the first of a day, and one that finds all told.

``python -m benchmarks.sweep``. Elapsed time of one process, with the statistics of the tables up to date as a
running server keeps them; exits with 1 if the first takes longer than two seconds.
"""

import statistics
import sys

from benchmarks.house import report, running_house

FOLLOW_UPS, DUE, PEOPLE = 200_000, 5_000, 200
TURNS = 3
MOST_SECONDS = 2.0


def main() -> int:
    with running_house():
        from benchmarks.reminder_runs import Calendar  # noqa: PLC0415 - needs Django

        calendar = Calendar.of(FOLLOW_UPS, due=DUE, people=PEOPLE)
        first = statistics.median(calendar.swept_first() for _ in range(TURNS))
        again = statistics.median(calendar.swept_again() for _ in range(TURNS))
    report("sweep that finds nothing new", again, unit="s")
    kept = report("first sweep: 5,000 due of 200,000, 200 people", first, unit="s", limit=MOST_SECONDS)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
