"""The provider of single sign-on in a process of its own, for the journeys."""

import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.journeys.served import wait_until_answers
from tests.provider.prepare import CLIENT, SECRET

ROOT = Path(__file__).resolve().parent.parent.parent
NAME = "Hospital A account"


@dataclass
class Provider:
    """Where the provider is, and how it is started: after the product, whose address it has to know."""

    folder: Path
    port: int
    amr: str = ""
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def environment_of_product(self) -> dict[str, str]:
        return {
            "OIDC_ISSUER": self.url,
            "OIDC_CLIENT_ID": CLIENT,
            "OIDC_CLIENT_SECRET": SECRET,
            "OIDC_NAME": NAME,
        }

    def start(self, *, product: str, people: list[str]) -> None:
        environment = {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "tests.provider.settings",
            "PROVIDER_FOLDER": str(self.folder),
            "PROVIDER_AMR": self.amr,
        }
        callback = f"{product}/account/oidc/sso/login/callback/"
        prepare = [sys.executable, "-m", "tests.provider.prepare", callback, *people]
        subprocess.run(prepare, cwd=ROOT, env=environment, check=True)
        log = self.folder / "provider.log"
        options = (
            f"--interface wsgi --host 127.0.0.1 --port {self.port} --workers 1 --blocking-threads 1".split()
        )
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                [str(Path(sys.executable).with_name("granian")), *options, "tests.provider.wsgi:application"],
                cwd=ROOT,
                env=environment,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        wait_until_answers(f"{self.url}/.well-known/openid-configuration", self.process, log)

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=10)


def new_provider(folder: Path) -> Provider:
    """A provider with a signing key and a port of its own, not started yet."""
    folder.mkdir()
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(pem)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return Provider(folder=folder, port=probe.getsockname()[1])
