"""Sending digests against a bare smtplib loop on one reused connection, in one run.

``python -m benchmarks.mails``. Ours claims batches, drops what is no longer true, makes text and HTML, sends,
and stamps each mail in a transaction of its own; the loop sends bytes made before. Ours must reach half of
the loop's speed. The mail server is a process of its own. Elapsed time, the two taking turns; exits with 1
if the limit is broken.
"""

import statistics
import sys

from benchmarks.house import report, running_house

DIGESTS = 200
TURNS = 5
LEAST_OF_BARE = 0.5


def main() -> int:
    with running_house():
        from benchmarks.reminder_runs import Post, running_mail_server  # noqa: PLC0415 - needs Django

        with running_mail_server():
            post = Post.to(DIGESTS)
            pairs = [(post.digests(), post.bare()) for _ in range(TURNS + 1)][1:]
    ours, bare = (DIGESTS / statistics.median(seconds) for seconds in zip(*pairs, strict=True))
    report("digests per second", ours, unit="mails/s")
    report("bare smtplib loop, mails per second", bare, unit="mails/s")
    ratio = statistics.median(ours / bare for ours, bare in pairs)
    return 0 if report("time of a digest / of a bare mail", ratio, unit="x", limit=1 / LEAST_OF_BARE) else 1


if __name__ == "__main__":
    sys.exit(main())
