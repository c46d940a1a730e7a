"""What a hospital runs: the settings of production, looked at from outside in a process of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from poems_site import environment

ROOT = Path(__file__).resolve().parents[2]
LONG = "a-long-random-string-of-more-than-fifty-characters-" * 2
A_YEAR = 31_536_000
READ_AS_SECRETS = ("DJANGO_SECRET_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_HOST_PASSWORD")


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The product as .env.example describes it, with every secret in a file."""
    folder = tmp_path_factory.mktemp("secrets")
    secrets = {
        "DJANGO_SECRET_KEY": LONG,
        "DATABASE_URL": os.environ["DATABASE_URL"],
        "REDIS_URL": os.environ["REDIS_URL"],
        "EMAIL_HOST_PASSWORD": "tell nobody",
    }
    for name, value in secrets.items():
        (folder / name).write_text(f"{value}\n")
    tests_only = {*secrets, "DJANGO_ALLOW_ASYNC_UNSAFE"}
    environ = {name: value for name, value in os.environ.items() if name not in tests_only}
    environ |= {f"{name}_FILE": str(folder / name) for name in secrets} | {
        "SITE_URL": "https://dashboard.hospital.example",
        "ALLOWED_HOSTS": "dashboard.hospital.example",
        "CSRF_TRUSTED_ORIGINS": "https://dashboard.hospital.example",
        "BEHIND_PROXY": "true",
        "DATABASE_POOL": "true",
        "EMAIL_HOST_USER": "notices",
        "EMAIL_USE_TLS": "true",
        "DEBUG": "true",
        "DJANGO_DEBUG": "1",
    }
    ran = subprocess.run(
        [sys.executable, "-m", "tests.defence.production"],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    return json.loads(ran.stdout)


def test_djangos_own_check_for_deployment_finds_nothing(production: dict[str, Any]) -> None:
    assert "no issues" in production["check"]


def test_plain_http_is_sent_to_tls(production: dict[str, Any]) -> None:
    assert production["plain"] == [301, "https://dashboard.hospital.example/account/login/"]


def test_browsers_are_told_to_use_tls_for_a_year(production: dict[str, Any]) -> None:
    told = production["headers"]["Strict-Transport-Security"]
    assert told == f"max-age={A_YEAR}; includeSubDomains; preload"


def test_cookies_are_for_this_host_over_tls_and_not_for_scripts(production: dict[str, Any]) -> None:
    assert set(production["cookies"]) <= {"__Host-session", "__Host-csrftoken"}
    assert "__Host-csrftoken" in production["cookies"]
    for cookie in production["cookies"].values():
        for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
            assert word in cookie
        assert "Domain" not in cookie


def test_a_host_that_is_not_ours_is_refused(production: dict[str, Any]) -> None:
    assert production["stranger"] == 400


def test_secrets_come_from_files(production: dict[str, Any]) -> None:
    assert production["status"] == 200  # database and cache were reached by what the files say
    assert production["mail_password"] == "tell nobody"


def test_no_environment_switches_stack_traces_on() -> None:
    source = (ROOT / "poems_site" / "settings.py").read_text()
    assert source.count("DEBUG = ") == 1
    assert "\nDEBUG = False" in source


@pytest.mark.parametrize("name", READ_AS_SECRETS)
def test_each_secret_may_come_from_a_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert f'env.secret("{name}"' in (ROOT / "poems_site" / "settings.py").read_text()
    monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(f"{name}_FILE", str(tmp_path / "nothing"))
    with pytest.raises(ImproperlyConfigured, match=f"{name}_FILE names .*cannot be read"):
        environment.secret(name)
