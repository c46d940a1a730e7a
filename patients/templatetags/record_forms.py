"""What templates of the record's forms need to ask of a field."""

from django import template
from django.forms import BoundField

from patients.forms.fields import ThreeValuedField

register = template.Library()


@register.filter
def is_three_valued(field: BoundField) -> bool:
    """Whether the field is answered with yes, no or not known."""
    return isinstance(field.field, ThreeValuedField)
