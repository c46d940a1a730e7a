"""A supervisor with both servers, and a stubborn program in place of the product."""

import json
import sys
from pathlib import Path

from supervisor.backends import own_databases, own_redis
from supervisor.house import House, live_in, say

# A program that obeys, with a child that does not. Both outlast every test: only being killed ends them.
STUBBORN = """
import signal, subprocess, sys, time
subprocess.Popen([sys.executable, "-c", '''
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(600)
'''])
time.sleep(600)
"""


def furnish(house: House) -> None:
    databases = own_databases(house.processes, house.folder, house.sockets)
    redis = own_redis(house.processes, house.folder, house.sockets)
    stubborn = house.processes.start("stubborn", [sys.executable, "-c", STUBBORN])
    ready = {
        "database": databases.application,
        "owner": databases.owner,
        "redis": redis,
        "stubborn": stubborn.pid,
    }
    say(json.dumps(ready))


if __name__ == "__main__":
    sys.exit(live_in(House(Path(sys.argv[1]), patience=1), furnish))
