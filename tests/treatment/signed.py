"""Drafts ready for a signature, signed plans, and the next version of one."""

from tests.personas import PASSWORD
from tests.treatment.cases import DISSEMINATED
from tests.treatment.wizard_driver import Wizard
from treatment.models import Plan


def make_ready(wizard: Wizard) -> Wizard:
    """Everything entered, chosen and dated; only the signature is missing."""
    wizard.enter(DISSEMINATED)
    assert wizard.choose("lenalidomide_dex", then="on").status_code == 302
    assert wizard.settle_dates(line_start="2026-12-01").status_code == 302
    return wizard


def signed(wizard: Wizard) -> Plan:
    """The plan of a draft that is ready."""
    response = wizard.sign(PASSWORD)
    assert response.status_code == 302, "the draft is not ready"
    return Plan.objects.get(draft=wizard.draft)


def next_wizard(wizard: Wizard) -> Wizard:
    """A new plan of the same patient, ready for the signature."""
    return make_ready(Wizard(wizard.client, wizard.patient))


def amending(wizard: Wizard, plan: Plan) -> Wizard:
    """The wizard on the draft of the plan's next version, as it opens."""
    wizard.client.post(f"/patients/{plan.patient_id}/plans/signed/{plan.pk}/amend/")
    return Wizard(wizard.client, wizard.patient)


def amended(wizard: Wizard, plan: Plan) -> Wizard:
    """The same, with what is always asked anew answered as before, and the choice confirmed."""
    again = amending(wizard, plan)
    again.post("course", {"line": "first"})
    again.answer("fitness", "patient.pregnancy", {"patient-pregnancy": "no"})
    assert again.choose("lenalidomide_dex", then="on").status_code == 302
    return again
