"""The demonstration: the whole product on this machine, with invented people (``python -m supervisor.demo``).

Reads ``PORT``, ``DEMO_DIR`` and, where there are servers already, ``DATABASE_URL`` with
``DATABASE_OWNER_URL`` and ``REDIS_URL``. Programs stop in the reverse order of their start: web,
sealer, beat, workers, mail sink, Valkey, PostgreSQL.
"""

import argparse
import functools
import http.client
import json
import os
import secrets
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from supervisor import one_time_codes, ports
from supervisor.backends import Databases, given_databases, own_databases, own_redis
from supervisor.errors import SupervisorError
from supervisor.house import House, Stopped, live_in, say
from supervisor.logins import read_logins
from supervisor.processes import Child, die_with_parent, wait_until

ROOT = Path(__file__).resolve().parent.parent
_WEB_PORT, _MAIL_PORT = 8000, 8025
_READY_SECONDS = 120


class Demo:
    """Starts the programs of the demonstration in ``house``, one step after the other."""

    def __init__(self, house: House, port: int) -> None:
        self._house = house
        self._port = port
        self._environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "poems_site.settings",
            "DEMO_DIR": str(house.folder),
            "SITE_URL": f"http://localhost:{port}",
            "PYTHONUNBUFFERED": "1",
        }
        # Only the steps that migrate may sign in as the owner.
        self._environment.pop("DATABASE_OWNER_URL", None)

    def start(self) -> None:
        """Everything, from the key to a page that answers; then say where it is and who may sign in."""
        self._provide_secret_key()
        databases = self._provide_databases()
        self._environment |= {"DATABASE_URL": databases.application, "REDIS_URL": self._provide_redis()}
        with step("migrations"):
            self._manage("migrate", databases, "--database", "owner", "--no-input")
        with step("demo data"):
            self._manage("demo_data", databases)
        with step("mail sink"):
            mail_page = self._start_mail_sink()
        with step("workers", done="started"):
            self._start_worker("mail-worker", "mail", concurrency=2)
            self._start_worker("long-worker", "long", concurrency=1)
        with step("beat", done="started"):
            self._start_beat()
        with step("sealer", done="started"):
            self._start_sealer(databases)
        with step("web server"):
            self._start_web()
        self._welcome(mail_page, databases)

    def _provide_secret_key(self) -> None:
        """Sessions and second factors stay readable from one start to the next: the key is made once."""
        if "DJANGO_SECRET_KEY" in os.environ or "DJANGO_SECRET_KEY_FILE" in os.environ:
            return
        file = self._house.folder / "secret_key"
        if not file.exists():
            draft = file.with_suffix(".draft")
            draft.unlink(missing_ok=True)
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_urlsafe(50))
            draft.rename(file)
        self._environment["DJANGO_SECRET_KEY_FILE"] = str(file)

    def _provide_databases(self) -> Databases:
        given = given_databases(os.environ)
        if given is not None:
            say("database … the one DATABASE_URL names")
            return given
        with step("database"):
            return own_databases(self._house.processes, self._house.folder, self._house.sockets)

    def _provide_redis(self) -> str:
        given = os.environ.get("REDIS_URL", "")
        if given:
            say("Redis … the one REDIS_URL names")
            return given
        with step("Redis"):
            return own_redis(self._house.processes, self._house.folder, self._house.sockets)

    def _manage(self, command: str, databases: Databases, *options: str) -> None:
        """Run one management command to its end, with both logins."""
        self._house.processes.run(
            command,
            [sys.executable, "manage.py", command, *options],
            env=self._environment | databases.environment(),
            cwd=ROOT,
        )

    def _start(self, name: str, module: str, *arguments: str | Path) -> Child:
        """Start a Python module as a program."""
        return self._house.processes.start(
            name, [sys.executable, "-m", module, *arguments], env=self._environment, cwd=ROOT
        )

    def _start_mail_sink(self) -> int:
        """The port of the page that shows the mails."""
        announced = self._house.folder / "mail_ports.json"
        announced.unlink(missing_ok=True)
        sink = self._start(
            "mail",
            "supervisor.mail_server",
            *("--folder", self._house.folder, "--announce", announced, "--page-port", str(_MAIL_PORT)),
        )
        wait_until(announced.exists, sink, seconds=_READY_SECONDS)
        mail_ports = json.loads(announced.read_text())
        self._environment |= {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(mail_ports["smtp"])}
        return int(mail_ports["page"])

    def _start_worker(self, name: str, queue: str, *, concurrency: int) -> None:
        """A worker of one queue; the name keeps two of them on one machine apart."""
        options = ("--queues", queue, "--concurrency", str(concurrency), "--hostname", f"{name}@%h")
        self._start(name, "celery", "-A", "poems_site", "worker", "--loglevel", "INFO", *options)

    def _start_beat(self) -> None:
        folder = self._house.folder / "beat"
        folder.mkdir(exist_ok=True)
        # No pid file: one left by a killed beat would keep the next from starting.
        arguments = [
            "-A",
            "poems_site",
            "beat",
            "--loglevel",
            "INFO",
            "--pidfile=",
            "-s",
            str(folder / "schedule"),
        ]
        self._start("beat", "celery", *arguments)

    def _start_sealer(self, databases: Databases) -> None:
        """The one program that stays and has the owner's login; it serves nobody."""
        options = ("--every", "60", "--anchor", str(self._house.folder / "seals"))
        self._house.processes.start(
            "sealer",
            [sys.executable, "manage.py", "seal_audit", *options],
            env=self._environment | databases.environment(),
            cwd=ROOT,
        )

    def _start_web(self) -> None:
        web = self._start(
            "web",
            "granian",
            *("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self._port)),
            *("--workers", "2", "--blocking-threads", "2", "--backpressure", "64", "--no-ws"),
            *("--workers-kill-timeout", "8", "--log-config", "poems_site/granian_logs.json"),
            "poems_site.wsgi:application",
        )
        wait_until(functools.partial(is_healthy, self._port), web, seconds=_READY_SECONDS, every=0.1)

    def _welcome(self, mail_page: int, databases: Databases) -> None:
        say(f"\nThe dashboard   http://localhost:{self._port}")
        say(f"Mails, logins   http://localhost:{mail_page}  (with the present second factors)")
        say(f"Data and logs   {self._house.folder}")
        for outside in databases.elsewhere:
            say(f"Database        {outside}  (PostgreSQL refuses root, and this machine user namespaces)")
        say("")
        now = time.time()
        logins = read_logins(self._house.folder)
        for login in logins:
            if login.in_brief:
                continue
            say(f"{login.role}: {login.name}\n    {login.email}   password {login.password}")
            say(
                f"    second factor {login.code(now)} (for {one_time_codes.seconds_left(now=now)} s)   ",
                end="",
            )
            say(f"its secret {login.totp_secret}")
        if brief := [login for login in logins if login.in_brief]:
            say("The same password, their second factors on the page of mails:")
            for login in brief:
                say(f"    {login.email}   {login.role}")
        say("\nCtrl-C stops everything.")


@contextmanager
def step(name: str, *, done: str = "ready") -> Iterator[None]:
    """One line of progress: the name at once, then how it went and how long it took."""
    say(f"{name} … ", end="")
    began = time.monotonic()
    try:
        yield
    except SupervisorError:
        say("failed")
        raise
    except Stopped:
        say("interrupted")
        raise
    say(f"{done} ({time.monotonic() - began:.1f} s)")


def is_healthy(port: int) -> bool:
    """Whether /healthz answers 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def choose_port() -> ports.ReservedPort:
    """The port of ``PORT``, else 8000, else a free one."""
    chosen = os.environ.get("PORT", "")
    if chosen:
        return ports.reserve_chosen(chosen)
    port = ports.reserve_preferred(_WEB_PORT)
    if port.number != _WEB_PORT:
        say(f"Port {_WEB_PORT} is in use, so the dashboard takes {port.number} (choose one with PORT=).")
    return port


def main() -> int:
    """Run the demonstration until a signal or the end of one of its programs; the exit code for the shell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--with-parent", action="store_true", help="stop when the process that started this dies"
    )
    if parser.parse_args().with_parent:
        die_with_parent(os.getppid(), signal.SIGTERM)

    def furnish(house: House) -> None:
        Demo(house, house.keep(choose_port()).number).start()

    return live_in(House(Path(os.environ.get("DEMO_DIR") or ROOT / "var")), furnish)


if __name__ == "__main__":
    sys.exit(main())
