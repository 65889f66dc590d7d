"""What runs inside the network namespace: loopback up, a name server that only listens, an Ollama double, the program.

    unshare -rnm python -m tests.proof.inside FOLDER

Prints one JSON object on what was seen. First it shows that each instrument sees what it is there to see.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.doubles.ollama import OllamaDouble
from tests.end_to_end.conftest import obliging_model

ROOT = Path(__file__).parents[2]
ANSWERS = (
    "I stopped the release for two days because a scan of the training data found 212 names of patients.\n---\n"
    "I ran the scan over 40,000 records, twice, and a colleague checked 50 of them by hand.\n"
)
CALLS = "trace=connect,sendto,sendmsg,sendmmsg,execve"


class NameServer:
    """Takes every question that is asked of it, writes it down, and never answers."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 53))
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            question = self._socket.recv(2048)
            self.asked.append(b".".join(re.findall(rb"[\w-]{2,}", question[12:])).decode("ascii", "replace"))


def use_name_server(folder: Path) -> None:
    """Makes every look-up of this namespace go to 127.0.0.1."""
    resolver, hosts = folder / "resolv.conf", folder / "nsswitch.conf"
    resolver.write_text("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n", encoding="utf-8")
    hosts.write_text("hosts: files dns\n", encoding="utf-8")
    for fresh, name in ((resolver, "/etc/resolv.conf"), (hosts, "/etc/nsswitch.conf")):
        if Path(name).exists():
            subprocess.run(["mount", "--bind", fresh, Path(name).resolve()], check=True)


def traced(folder: Path, name: str, command: Sequence[str], **env: str) -> dict[str, Any]:
    """Runs a command under strace; its exit code, its last words, and where it connected or sent to."""
    trace = folder / f"{name}.trace"
    home = folder / f"{name}-home"
    done = subprocess.run(
        ["strace", "-f", "-qq", "-s", "200", "-e", CALLS, "-o", str(trace), *command],
        input=ANSWERS, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False,
        env={"PATH": os.environ["PATH"], "INTERVIEWER_HOME": str(home), "LANG": "C.UTF-8", **env},
    )  # fmt: skip
    calls = trace.read_text(encoding="utf-8", errors="replace")
    return {
        "code": done.returncode,
        "said": done.stdout[-400:] + done.stderr[-400:],
        "reached": sorted(set(re.findall(r'inet_(?:addr|pton\(AF_INET6,) ?\(?"([^"]+)"', calls))),
        "started": re.findall(r'execve\("([^"]+)"', calls)[1:],
    }


def interview(folder: Path, name: str, *arguments: str, **env: str) -> dict[str, Any]:
    """A whole interview by the program, watched from inside and outside."""
    log = folder / f"{name}.audit"
    watched = [sys.executable, "-m", "tests.proof.watched", str(log), "safety-over-speed", "--exam", *arguments]
    seen = traced(folder, name, watched, **env)
    seen["audit"] = log.read_text(encoding="utf-8").splitlines()
    seen["scorecard"] = "Scorecard" in seen["said"] or "Look at it again" in seen["said"]
    return seen


def main(folder: Path) -> dict[str, Any]:
    subprocess.run([shutil.which("ip") or "ip", "link", "set", "lo", "up"], check=True)
    use_name_server(folder)
    names = NameServer()
    leak = (
        "import socket; s = socket.socket(); s.settimeout(1)\ntry: s.connect(('192.0.2.1', 80))\nexcept OSError: pass\n"
    )
    ask = "try: socket.getaddrinfo('leak.example', 80)\nexcept OSError: pass"
    control = traced(folder, "control", [sys.executable, "-c", leak + ask])
    control["asked"] = list(names.asked)
    names.asked.clear()
    offline = interview(folder, "offline", "--model", "offline")
    with OllamaDouble(speech=obliging_model) as server:
        arguments = ("--model", "ollama/ok", "--local-only")
        ollama = interview(folder, "ollama", *arguments, OLLAMA_HOST=server.url)
        heard = len(server.bodies("/api/chat"))
    return {"control": control, "offline": offline, "ollama": ollama, "heard": heard, "asked": names.asked}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
