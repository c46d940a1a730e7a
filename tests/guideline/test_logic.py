"""Three-valued logic: unknown is neither true nor false."""

from itertools import product

import pytest

from guideline.logic import all_of, any_of, at_least, negation


@pytest.mark.parametrize(
    ("values", "result"),
    [((), True), ((True, True), True), ((True, None), None), ((False, None), False), ((None,), None)],
)
def test_all_of(values, result):
    assert all_of(*values) is result


@pytest.mark.parametrize(
    ("values", "result"),
    [((), False), ((False, False), False), ((False, None), None), ((True, None), True), ((None,), None)],
)
def test_any_of(values, result):
    assert any_of(*values) is result


@pytest.mark.parametrize(("value", "result"), [(True, False), (False, True), (None, None)])
def test_negation(value, result):
    assert negation(value) is result


@pytest.mark.parametrize("values", list(product([True, False, None], repeat=3)))
@pytest.mark.parametrize("needed", [0, 1, 2, 3])
def test_at_least_is_what_every_way_of_filling_in_agrees_on(needed, values):
    fillings = product(*[[True, False] if value is None else [value] for value in values])
    outcomes = {sum(filling) >= needed for filling in fillings}
    assert at_least(needed, *values) is (outcomes.pop() if len(outcomes) == 1 else None)
