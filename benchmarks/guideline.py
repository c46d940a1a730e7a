"""How fast the guideline decides: at least 300 decisions a second on one core, missing facts included,
and 1,000 cases by the command within 4 s of what one case takes.

Run as ``python -m benchmarks.guideline``. Prints each measure and its ratio to the limit (under 1 is
within it); exits with 1 if a limit is broken.
"""

import json
import random
import subprocess
import sys
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import process_time

from guideline.case_input import parse_case
from guideline.content_files import read_edition_files
from guideline.decide import decide
from guideline.edition import CONTENT, load_edition
from guideline.fact_table import FACTS, LINES, FactDefinition

ROOT = Path(__file__).parents[1]
LEAST_PER_SECOND = 300
MOST_SECONDS_FOR_1000 = 4.0
MOST_MS_TO_LOAD = 60.0
CASES = 300
ROUNDS = 5


def random_case(chance: random.Random) -> dict[str, object]:
    """A made-up case of which some facts are known, between hardly any and nearly all."""
    line = chance.choice(LINES)
    known = chance.random()
    case: dict[str, object] = {"line": line}
    for fact in FACTS:
        given = chance.random() < known and fact.only_with_line in (None, line) and fact.path != "line"
        if not given or (fact.group == "prior" and line in ("first", "after_radiation")):
            continue
        case.setdefault(fact.group, {})[fact.name] = _value(fact, chance)
    return _consistent(case)


def _value(fact: FactDefinition, chance: random.Random) -> object:
    if fact.kind == "boolean":
        return chance.random() < 0.5
    if fact.kind == "choice":
        return chance.choice(fact.choices)
    return chance.randint(fact.minimum, min(fact.maximum, 90) if fact.name != "bone_lesion_count" else 5)


def _consistent(case: dict) -> dict[str, object]:
    if case.get("patient", {}).get("sex") == "male":
        case["patient"].pop("pregnancy", None)
    case.get("fitness", {}).pop("on_anticoagulation", None)
    return case


def decisions_per_second(cases: list[dict[str, object]]) -> float:
    edition = load_edition()
    parsed = [parse_case(case) for case in cases]

    def seconds() -> float:
        start = process_time()
        for case in parsed:
            decide(case, edition)
        return process_time() - start

    return len(parsed) / median(seconds() for _ in range(ROUNDS))


def milliseconds_to_load() -> float:
    def milliseconds() -> float:
        start = process_time()
        read_edition_files(CONTENT)
        return (process_time() - start) * 1000

    return median(milliseconds() for _ in range(ROUNDS))


def seconds_by_command(cases: list[dict[str, object]]) -> float:
    """Processor time of the command's own process, so that neighbours on the machine do not count."""
    command = [sys.executable, "-m", "guideline", "decide", "-"]

    def seconds() -> float:
        start = getrusage(RUSAGE_CHILDREN)
        subprocess.run(
            command, input=json.dumps(cases).encode(), stdout=subprocess.DEVNULL, check=True, cwd=ROOT
        )
        end = getrusage(RUSAGE_CHILDREN)
        return end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime

    return median(seconds() for _ in range(3))


def main() -> int:
    chance = random.Random(2026)  # noqa: S311 - a fixed sequence, not a secret
    cases = [random_case(chance) for _ in range(1000)]
    rate = decisions_per_second(cases[:CASES])
    extra = seconds_by_command(cases) - seconds_by_command(cases[:1])
    loading = milliseconds_to_load()
    ratios = (LEAST_PER_SECOND / rate, extra / MOST_SECONDS_FOR_1000, loading / MOST_MS_TO_LOAD)
    print(f"decisions: {rate:.0f} a second, at least {LEAST_PER_SECOND}: ratio {ratios[0]:.2f}")
    print(f"1,000 cases by command: {extra:.2f} s over one, at most {MOST_SECONDS_FOR_1000}: {ratios[1]:.2f}")
    print(f"content: read in {loading:.0f} ms, at most {MOST_MS_TO_LOAD:.0f}: ratio {ratios[2]:.2f}")
    return int(max(ratios) > 1)


if __name__ == "__main__":
    sys.exit(main())
