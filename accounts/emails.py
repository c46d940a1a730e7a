"""The mails about accounts, one function each. No mail names a patient or a disease."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import Invitation


def send_invitation(*, invitation: Invitation, token: str) -> None:
    """Tell the invited person how to join."""
    link = settings.SITE_URL + reverse("accounts:accept_invitation", args=[token])
    context = {"invitation": invitation, "link": link}
    message = EmailMultiAlternatives(
        subject=f"Invitation from {invitation.hospital.name}",
        body=render_to_string("emails/invitation.txt", context),
        to=[invitation.email],
    )
    message.send()
