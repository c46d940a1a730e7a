"""The list of patients at 10,000 patients against the same list at 500, in the same run.

``python -m benchmarks.listing``: the first page, one in the middle, two filters, and three searches. Elapsed
time of the whole request in one process, database included. Exits with 1 if a list takes more than twice as
long.
"""

import sys
from collections.abc import Callable

from benchmarks.house import report, running_house, wall_milliseconds

FEW, MANY = 500, 10_000
MOST = 2.0
TIMES = 5


def main() -> int:
    with running_house():
        from benchmarks.listed import Listed  # noqa: PLC0415 - needs Django

        listed = Listed.of(FEW)
        lists: dict[str, Callable[[], object]] = {
            "first page": lambda: listed.get(""),
            "page in the middle": lambda: listed.get(f"?sort=born&after={listed.middle}"),
            "filtered by extent and line": lambda: listed.get("?extent=localized&line=1"),
            "search for a family name": lambda: listed.search("muller"),
            "search for a name with a slip": lambda: listed.search("lindgern"),
            "search for a number": lambda: listed.search("l-0042"),
        }
        few = {name: wall_milliseconds(act, times=TIMES) for name, act in lists.items()}
        listed.grow_to(MANY)
        kept = []
        for name, act in lists.items():
            many = wall_milliseconds(act, times=TIMES)
            report(f"{name}, {FEW} patients", few[name], unit="ms")
            report(f"{name}, {MANY} patients", many, unit="ms")
            kept.append(report(f"{name}, {MANY} / {FEW}", many / few[name], unit="x", limit=MOST))
        report("queries of the first page", listed.queries(""), unit="")
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
