"""Run in a process of its own with the settings of a hospital; prints as JSON what the tests look at."""

import io
import json
import sys

import django
from django.core.management import call_command
from django.test import Client

django.setup()

told = io.StringIO()
call_command("check", deploy=True, fail_level="INFO", stdout=told, stderr=told)
# Django's own test command takes the host "testserver"; this is no test command.
client = Client(headers={"host": "dashboard.hospital.example"})
plain = client.get("/account/login/")
page = client.get("/account/login/", headers={"x-forwarded-proto": "https"})
stranger = client.get("/account/login/", headers={"host": "evil.example", "x-forwarded-proto": "https"})
sys.stdout.write(
    json.dumps(
        {
            "check": told.getvalue(),
            "plain": [plain.status_code, plain.headers["Location"]],
            "status": page.status_code,
            "headers": dict(page.headers),
            "cookies": {name: morsel.OutputString() for name, morsel in page.cookies.items()},
            "stranger": stranger.status_code,
            "mail_password": django.conf.settings.EMAIL_HOST_PASSWORD,
        }
    )
)
