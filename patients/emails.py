"""The mails about records, one function each. No mail names a patient or a disease."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import Hospital


def send_emergency_notice(*, hospital: Hospital, to: str, page: str) -> None:
    """Tell somebody that an emergency access was used; who and whose record stands behind the sign-in."""
    context = {"hospital": hospital, "link": settings.SITE_URL + reverse(page)}
    message = EmailMultiAlternatives(
        subject=f"An emergency access was used at {hospital.name}",
        body=render_to_string("emails/emergency.txt", context),
        to=[to],
    )
    message.send()
