"""What the trail, the history and row-level security cost: the same work with each and without it.

``python -m benchmarks.protection``. Elapsed time of the whole work, database included; with and without are
measured in turns, so that a busy machine slows both, and the ratio is the median of the rounds' own. Pages:
through the whole middleware. Writes: results, one by one through the action and 1,000 at once. The trail and
the seal also per 1,000 rows.
"""

import statistics
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial

from benchmarks.house import report, running_house

ROUNDS, TIMES = 9, 8
PATIENTS, WRITES, AT_ONCE = 300, 100, 1_000


Wall = Callable[[], AbstractContextManager[None]]


def compare(what: str, wall: str, act: Callable[[], object], without: Wall, *, each: int = 1) -> None:
    """Report milliseconds of one call with the wall (parted by ``each``), and the ratio to one without."""
    act()
    with_it, ratios = [], []
    for _ in range(ROUNDS):
        protected = milliseconds(act)
        with without():
            bare = milliseconds(act)
        with_it.append(protected)
        ratios.append(protected / bare)
    report(f"{what}, with {wall}", statistics.median(with_it) / each, unit="ms")
    report(f"{what}, with / without {wall}", statistics.median(ratios), unit="x")


def milliseconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def main() -> None:
    with running_house():
        from benchmarks import protection_runs as runs  # noqa: PLC0415 - needs Django
        from benchmarks.import_runs import Hospital  # noqa: PLC0415
        from benchmarks.pages import signed_in_house  # noqa: PLC0415

        pages = signed_in_house(patients=PATIENTS)
        visited = {
            f"the list of {PATIENTS} patients": "/patients/",
            "a patient's overview": pages.patient_path(""),
            "a patient's results": pages.patient_path("results/"),
        }
        for wall, without in {"trail": runs.without_trail, "row-level security": runs.without_walls}.items():
            for name, address in visited.items():
                visit = partial(runs.visited, pages, address, TIMES)
                compare(name, wall, visit, without, each=TIMES)
        writes = runs.Writes(Hospital.of_house(pages.house.alice))
        written = {
            f"{WRITES} results one by one": partial(writes.one_by_one, WRITES),
            f"{AT_ONCE} results at once": partial(writes.many, AT_ONCE),
        }
        for wall, without in {
            "history": runs.without_history,
            "row-level security": runs.without_walls,
        }.items():
            for name, act in written.items():
                compare(name, wall, act, without)
        report("1,000 rows of the trail", milliseconds(partial(runs.noted, pages, 1_000)), unit="ms")
        rows, took = runs.sealed()
        report(f"sealing what waited ({rows} rows), per 1,000 rows", took / rows * 1000, unit="ms")
        report("a round of the sealer with nothing new", runs.sealed()[1], unit="ms")


if __name__ == "__main__":
    main()
