"""The list of patients and its search with 10,000 patients against the same with 500, in one run.

``python -m benchmarks.register``. What a clinician sees is one page, so its cost must not grow with the
register: at most twice. Both hospitals share the tables. Elapsed time of whole requests in one process,
database included. Exits with 1 if the limit is broken.
"""

import sys

from benchmarks.house import report, running_house, wall_milliseconds

FEW, MANY = 500, 10_000
MOST = 2.0
TIMES = 10
SEARCHES = ("muller", "A-004", "Zofia")


def main() -> int:
    kept = []
    with running_house():
        from benchmarks.crowd import Crowd  # noqa: PLC0415 - needs Django

        few, many = Crowd.of(FEW, hospital="a"), Crowd.of(MANY, hospital="b")
        asked = [("the list", lambda crowd: crowd.listed())]
        asked += [(f"a search for {text}", lambda crowd, text=text: crowd.found(text)) for text in SEARCHES]
        asked += [("the next page", lambda crowd: crowd.next_page())]
        for what, ask in asked:
            small = wall_milliseconds(lambda ask=ask: ask(few), times=TIMES)
            large = wall_milliseconds(lambda ask=ask: ask(many), times=TIMES)
            report(f"{what}, {FEW} patients", small, unit="ms")
            report(f"{what}, {MANY} patients", large, unit="ms")
            kept.append(report(f"{what}: {MANY} / {FEW}", large / small, unit="x", limit=MOST))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
