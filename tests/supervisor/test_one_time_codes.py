"""The codes agree with the published vectors of RFC 6238, appendix B (SHA-1, last six digits)."""

import base64

import pytest

from supervisor.one_time_codes import code, seconds_left

SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_the_standard(now: float, expected: str) -> None:
    assert code(SECRET, now=now) == expected


def test_a_secret_may_come_in_groups_without_padding() -> None:
    assert code("gezd gnbv gy3t qojq gezd gnbv gy3t qojq", now=59) == "287082"


@pytest.mark.parametrize(("now", "left"), [(0.0, 30), (29.9, 1), (30.0, 30)])
def test_a_code_lasts_until_the_next_half_minute(now: float, left: int) -> None:
    assert seconds_left(now=now) == left
