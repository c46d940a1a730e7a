#!/usr/bin/env python
"""The door for commands.

``decide`` and ``interpret`` are answered by the pure guideline package before Django is loaded:
they need no database, no secret and no Redis.
"""

import os
import sys

from guideline.command import COMMANDS, main as guideline_main


def main() -> None:
    if len(sys.argv) > 1 and sys.argv[1] in COMMANDS:
        sys.exit(guideline_main(sys.argv[1:], sys.stdin.buffer, sys.stdout, sys.stderr))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "poems_site.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - Django only after the pure commands

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
