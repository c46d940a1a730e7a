"""The part of a form that proves who signs, with the ways this person has."""

from typing import Any

from django import template
from django.template.context import RequestContext

from accounts.proof import ways_of
from accounts.proof_form import ProofForm

register = template.Library()


@register.inclusion_tag("partials/proof.html", takes_context=True)
def proof_fields(context: RequestContext, form: ProofForm) -> dict[str, Any]:
    return {"form": form, "ways": ways_of(context["request"].user)}
