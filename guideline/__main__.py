"""``python -m guideline decide CASE.json``."""

import sys

from guideline.command import main

sys.exit(main(sys.argv[1:], sys.stdin.buffer, sys.stdout, sys.stderr))
