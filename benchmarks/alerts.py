"""Reading every course of a large hospital again, reading and writing included, on one core.

``python -m benchmarks.alerts [patients]``: 5,000 patients (or so many) with 100 values each, treatments and
scans. The first reading raises every alert, the next day's finds them standing. Exits with 1 if one takes
longer than 60 s for 5,000 patients, or in proportion for another number.
"""

import sys
from time import perf_counter

from benchmarks.house import report, running_house

PATIENTS, LIMIT_SECONDS = 5_000, 60.0


def main() -> int:
    patients = int(sys.argv[1]) if len(sys.argv) > 1 else PATIENTS
    limit = LIMIT_SECONDS * patients / PATIENTS
    with running_house():
        from benchmarks.courses import Courses  # noqa: PLC0415 - needs Django

        courses = Courses.of(patients)
        kept = []
        for name, day in (("first reading", 0), ("reading on the next day", 1)):
            began = perf_counter()
            read = courses.read(day)
            kept.append(report(f"{name}, {read} courses", perf_counter() - began, unit="s", limit=limit))
        report("alerts that stand", courses.alerts(), unit="")
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
