"""Today with 5,000 patients against the shell, in the same run.

``python -m benchmarks.today``: the first page of the whole hospital and one in the middle, most of whose
patients wait. Elapsed time of the whole request in one process, database included. Exits with 1 if a page
takes more than three times the shell.
"""

import sys

from benchmarks.house import report, running_house, wall_milliseconds

PATIENTS = 5_000
MOST = 3.0


def main() -> int:
    with running_house():
        from benchmarks.waiting import Waiting  # noqa: PLC0415 - needs Django

        waiting = Waiting.of(PATIENTS)
        shell = wall_milliseconds(lambda: waiting.pages.get("/bench/shell/"), times=10)
        report("the shell", shell, unit="ms")
        kept = []
        for name, address in waiting.addresses().items():
            taken = wall_milliseconds(lambda address=address: waiting.pages.get(address), times=10)
            report(name, taken, unit="ms")
            kept.append(report(f"{name} / the shell", taken / shell, unit="x", limit=MOST))
        report("queries of the first page", waiting.pages.queries("/today/?who=hospital"), unit="")
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
