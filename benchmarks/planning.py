"""The panel beside the wizard's questions against the shell, in the same run.

``python -m benchmarks.planning``. An answer is stored by one request; the panel then asks anew with another,
so both are reported. The two compared take turns, because a busy machine slows both. Exits with 1 if the
panel takes more than twice the shell or more than twelve queries beyond it.
"""

import sys

from benchmarks.house import report, running_house
from benchmarks.timeline import turns

MOST = 2.0
MOST_QUERIES = 12


def main() -> int:
    with running_house():
        from benchmarks.planned import Planned  # noqa: PLC0415 - needs Django

        planned = Planned.of()
        panel, shell, ratio = turns(planned.panel, planned.shell)
        report("the panel after an answer", panel, unit="ms")
        report("the shell", shell, unit="ms")
        kept = [report("the panel after an answer / the shell", ratio, unit="x", limit=MOST)]
        beyond = planned.queries_of_panel() - planned.pages.queries("/bench/shell/")
        kept.append(report("queries of the panel beyond the shell's", beyond, unit="", limit=MOST_QUERIES))
        for name, act in (("an answer stored", planned.answer), ("options page", planned.options)):
            taken, _, ratio = turns(act, planned.shell)
            report(name, taken, unit="ms")
            report(f"{name} / the shell", ratio, unit="x")
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
