"""Make the provider's database, client and people: ``python -m tests.provider.prepare URL ADDRESS...``.

``URL`` is where the client's people come back to; an address that begins with a question mark is not proved.
"""

import sys

import django
from django.apps import apps
from django.core.management import call_command

CLIENT, SECRET, PASSWORD = "dashboard", "the client's secret", "one password for the hospital"


def main(callback: str, addresses: list[str]) -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    _make_client(callback)
    for address in addresses:
        _make_person(address.removeprefix("?"), is_proved=not address.startswith("?"))


def _make_client(callback: str) -> None:
    client = apps.get_model("allauth_idp_oidc", "Client")(
        id=CLIENT, name="Treatment dashboard", skip_consent=True
    )
    client.set_secret(SECRET)
    client.set_scopes(["openid", "profile", "email"])
    client.set_redirect_uris([callback])
    client.save()


def _make_person(address: str, *, is_proved: bool) -> None:
    user = apps.get_model("auth", "User").objects.create_user(address, address, PASSWORD)
    apps.get_model("account", "EmailAddress").objects.create(
        user=user, email=address, primary=True, verified=is_proved
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
