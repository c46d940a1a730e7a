"""``python -m guideline decide CASE.json``."""

import sys

from guideline.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdin.buffer, sys.stdout, sys.stderr))
