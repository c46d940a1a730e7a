"""How hard the property tests try: the same examples in every run, fewer where a caller is in haste."""

import os

from hypothesis import settings


def examples(wanted: int) -> settings:
    """So many examples, or at most ``AT_MOST_EXAMPLES`` of the environment: a mutation run sets it."""
    most = int(os.environ.get("AT_MOST_EXAMPLES", wanted))
    return settings(max_examples=min(wanted, most), deadline=None, derandomize=True, database=None)
