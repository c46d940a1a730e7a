#!/usr/bin/env python
"""The door for commands.

``decide`` and ``interpret`` are answered by the pure guideline package before Django is loaded:
they need no database, no secret and no Redis.
"""

import os
import sys

from guideline.command import COMMANDS, main as guideline_main

# What reads and changes no record, or is what the trail itself rests on; every other command is noted.
UNNOTED = {
    *("check", "collectstatic", "compilemessages", "diffsettings", "help", "makemigrations", "makemessages"),
    *("migrate", "optimizemigration", "runserver", "showmigrations", "sqlmigrate", "test", "version"),
    *("seal_audit", "verify_audit", "watch_reminders"),
}


def main() -> None:
    if len(sys.argv) > 1 and sys.argv[1] in COMMANDS:
        sys.exit(guideline_main(sys.argv[1:], sys.stdin.buffer, sys.stdout, sys.stderr))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "poems_site.settings")
    # Django only after the pure commands.
    import django  # noqa: PLC0415
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    if len(sys.argv) > 1 and sys.argv[1] not in UNNOTED and not sys.argv[1].startswith("-"):
        django.setup()
        from django.utils import timezone  # noqa: PLC0415

        from accounts.trail.jobs import note_command  # noqa: PLC0415
        from poems_site.logs import log_uncaught  # noqa: PLC0415

        sys.excepthook = log_uncaught
        # Before it begins: a command that cannot be noted does not run.
        note_command(sys.argv[1], now=timezone.now())
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
