"""Three-valued logic after Kleene: true, false, and ``None`` for not known.

What is not known is never taken as false: ``false and unknown`` is false, ``true or unknown`` is
true, everything else with an unknown in it is unknown.
"""

Truth = bool | None


def all_of(*values: Truth) -> Truth:
    """True if every value is true, false if one is false, otherwise unknown."""
    if False in values:
        return False
    return None if None in values else True


def any_of(*values: Truth) -> Truth:
    """True if one value is true, false if every one is false, otherwise unknown."""
    if True in values:
        return True
    return None if None in values else False


def negation(value: Truth) -> Truth:
    """The opposite; unknown stays unknown."""
    return None if value is None else not value


def at_least(needed: int, *values: Truth) -> Truth:
    """Whether at least ``needed`` values are true: counted from those true to those not false."""
    certain = values.count(True)
    if certain >= needed:
        return True
    return None if certain + values.count(None) >= needed else False
