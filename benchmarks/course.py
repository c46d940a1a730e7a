"""How long reading a course takes: ten years with 500 values must read in at most 5 ms.

Run as ``python -m benchmarks.course``. Prints the median and its ratio to the limit; exits with 1
if the limit is broken.
"""

import random
import sys
from datetime import date, timedelta
from statistics import median
from time import process_time

from guideline.course import interpret, parse_history
from guideline.edition import load_edition

LIMIT_MS = 5.0
RUNS = 200
FIRST_DAY = date(2016, 1, 1)
KINDS = {
    "vegf": (20, 1500, {"unit": "pg/mL", "laboratory": "A", "method": "elisa", "upper_limit": 96}),
    "m_protein": (0, 3, {"unit": "g/dL"}),
    "onls": (0, 12, {}),
    "i_rods": (0, 100, {}),
    "walk_10m_s": (5, 60, {}),
    "grip_kpa": (0, 160, {}),
    "mrc_sum": (0, 60, {}),
    "platelets": (100, 600, {"unit": "10*9/L"}),
    "tsh": (0, 9, {"unit": "m[IU]/L", "lower_limit": 0, "upper_limit": 4}),
    "immunofixation": (0, 1, {}),
}


def ten_years() -> dict[str, object]:
    """A made-up history: 500 results in ten years, a scan a year, induction and transplantation."""
    chance = random.Random(500)  # noqa: S311 - a fixed sequence, not a secret
    observations = []
    for number in range(500):
        analyte = chance.choice(sorted(KINDS))
        lowest, highest, more = KINDS[analyte]
        observations.append(
            {
                "analyte": analyte,
                "date": (FIRST_DAY + timedelta(days=7 * number)).isoformat(),
                "value": chance.randint(lowest, highest),
                "specimen": chance.choice(["plasma", "serum"]) if analyte == "vegf" else None,
                **more,
            }
        )
    return {
        "as_of": "2026-01-01",
        "treatments": [
            {"kind": "systemic", "name": "lenalidomide_dex", "start": "2016-02-01", "end": "2016-06-01"},
            {"kind": "asct", "name": "asct", "start": "2016-08-01", "end": "2016-08-20"},
        ],
        "observations": observations,
        "pet": [{"date": f"{year}-01-10", "sum_suv_max": 5, "avid_lesions": 1} for year in range(2016, 2026)],
    }


def milliseconds_per_reading() -> float:
    """Median processor time of many readings of one history, parsing not counted.

    Processor time and not the wall clock: a busy machine is not a slow rule.
    """
    edition = load_edition()
    history = parse_history(ten_years(), edition)
    interpret(history, edition)
    times = []
    for _ in range(RUNS):
        started = process_time()
        interpret(history, edition)
        times.append((process_time() - started) * 1000)
    return median(times)


def main() -> int:
    """Print the figure and say whether the limit holds."""
    measured = milliseconds_per_reading()
    print(f"course: {measured:.2f} ms for 500 values in ten years; {measured / LIMIT_MS:.2f} of the limit")
    return 0 if measured <= LIMIT_MS else 1


if __name__ == "__main__":
    sys.exit(main())
