"""The one error of this package."""


class SupervisorError(Exception):
    """A sentence for the person at the keyboard: what is wrong and what cures it.

    Shown without a traceback.
    """
