"""The shell: a signed-in page with session, membership, navigation and identity strip, and nothing else.

It is the unit for all later pages. Measured against a bare view (no middleware, no template) in the same run:
``python -m benchmarks.shell``. Time is elapsed time of the whole request in one process, database included.
"""

from benchmarks.house import report, running_house, wall_milliseconds


def main() -> None:
    with running_house():
        from benchmarks.pages import signed_in_house  # noqa: PLC0415 - needs Django

        pages = signed_in_house(patients=1)
        bare = wall_milliseconds(pages.bare, times=100)
        shell = wall_milliseconds(lambda: pages.get("/bench/shell/"), times=30)
        overview = wall_milliseconds(lambda: pages.get(pages.patient_path("")), times=30)
        report("bare view", bare, unit="ms")
        report("the shell", shell, unit="ms")
        report("the shell / bare view", shell / bare, unit="x")
        report("queries of the shell", pages.queries("/bench/shell/"), unit="")
        report("patient page / the shell", overview / shell, unit="x", limit=3)
        extra = pages.queries(pages.patient_path("")) - pages.queries("/bench/shell/")
        report("queries of the patient page beyond the shell's", extra, unit="", limit=15)


if __name__ == "__main__":
    main()
