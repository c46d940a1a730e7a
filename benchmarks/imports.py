"""Importing a file of 5,000 rows against bulk insertion of the same rows into the same table, in one run.

``python -m benchmarks.imports``. Ours finds out the layout, reads each cell, compares with the record twice
(check and import), writes results, history and what the source has told. It must reach 5,000 rows per second
from the accepted upload to the committed rows, and a quarter of the speed of ``bulk_create`` with the same
history triggers. Elapsed time, database included, the two taking turns; exits with 1 if a limit is broken.
"""

import statistics
import sys

from benchmarks.house import report, running_house

ROWS = 5_000
PATIENTS = 50
TURNS = 7
LEAST_ROWS_PER_SECOND = 5_000
LEAST_OF_BULK = 0.25


def main() -> int:
    with running_house():
        from benchmarks.import_runs import Hospital  # noqa: PLC0415 - needs Django

        hospital = Hospital.with_patients(PATIENTS)
        pairs = [(hospital.imported(ROWS, turn), hospital.inserted(ROWS, turn)) for turn in range(TURNS + 1)][
            1:
        ]
        speed = ROWS / statistics.median(ours for ours, _ in pairs)
        bulk = ROWS / statistics.median(theirs for _, theirs in pairs)
        ratio = statistics.median(theirs / ours for ours, theirs in pairs)
        again = ROWS / statistics.median(hospital.imported(ROWS, 0) for _ in range(3))
    report("rows per second, upload accepted to committed", speed, unit="rows/s")
    report("rows per second of the same file once more", again, unit="rows/s")
    report("rows per second of bulk_create, same triggers", bulk, unit="rows/s")
    report("seconds for 5,000 rows", ROWS / speed, unit="s", limit=ROWS / LEAST_ROWS_PER_SECOND)
    kept = [
        report("bulk_create / import", 1 / ratio, unit="x", limit=1 / LEAST_OF_BULK),
        speed >= LEAST_ROWS_PER_SECOND,
    ]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
