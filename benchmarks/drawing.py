"""How long the timeline takes to draw in headless Chromium once its values have arrived.

``python -m benchmarks.drawing``, with assets built: the page notes it itself (``data-drawn-in``). 1,000
values may take 300 ms; for 5,000 the number is reported, and how long a zoom takes to be drawn. Also what
script and style of the page weigh as the browser received them, at most 350 kB. Exits with 1 if a limit is
broken.
"""

import sys
import time
from statistics import median

from benchmarks.house import report, running_house

VALUES = {1_000: 300.0, 5_000: None}
MOST_KILOBYTES = 350.0
TURNS = 7


def main() -> int:
    kept = []
    with running_house():
        from benchmarks.drawn import browsing, long_courses  # noqa: PLC0415 - needs Django

        addresses = long_courses(tuple(VALUES))
        with browsing(code_for=time.time()) as browser:
            for number, limit in VALUES.items():
                turns = [browser.drawn_in(addresses[number]) for _ in range(TURNS + 1)][1:]
                report(f"{number} values drawn, the quickest of {TURNS}", min(turns), unit="ms")
                kept.append(report(f"{number} values drawn, median", median(turns), unit="ms", limit=limit))
                report(f"{number} values, a zoom drawn", browser.zoomed_in(), unit="ms")
            weight = browser.script_and_style() / 1000
            kept.append(report("script and style of the page", weight, unit="kB", limit=MOST_KILOBYTES))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
