"""The signature: what it asks, what it freezes, and that it happens once."""

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.db import ProgrammingError, connection, transaction

from monitoring.follow_ups.models import FollowUp
from tests.personas import PASSWORD, TOTP_SECRET
from tests.treatment.cases import DISSEMINATED
from tests.treatment.wizard_driver import Wizard
from treatment.models import Plan


@pytest.fixture
def ready(wizard: Wizard) -> Wizard:
    """Everything entered, chosen and dated; only the signature is missing."""
    wizard.enter(DISSEMINATED)
    assert wizard.choose("lenalidomide_dex", then="on").status_code == 302
    assert wizard.settle_dates(line_start="2026-12-01").status_code == 302
    return wizard


def code_now() -> str:
    return format_hotp_value(hotp_value(TOTP_SECRET, next(iter(yield_hotp_counters_from_time()))))


def test_the_right_password_signs(ready: Wizard) -> None:
    response = ready.sign(PASSWORD)
    assert response.headers["Location"].endswith(f"/plans/signed/{Plan.objects.get().pk}/")
