"""The service as it runs: web workers and a scheduler in processes of their own, and somebody who sends files in."""

import contextlib
import html
import http.client
import json
import os
import re
import secrets
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from queue import Empty, SimpleQueue

from tests.hostile import Sent
from tests.sinks import free_port
from tracker import serving

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 60.0  # seconds to wait for the end of one reading before it counts as hanging
WORKERS = 2


@dataclass
class Running:
    """The service's address, its processes and its log."""

    url: str
    web: subprocess.Popen[bytes]
    scheduler: subprocess.Popen[bytes]
    log: Path

    def workers(self) -> list[int]:
        """The ids of the web process's workers."""
        children = Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children").read_text()
        return sorted(int(number) for number in children.split())

    def memory(self) -> dict[int, float]:
        """The resident memory of each process of the service, in MiB: not of the children that read."""
        return {pid: _resident(pid) for pid in (self.web.pid, *self.workers(), self.scheduler.pid)}


@dataclass
class Ended:
    """What became of one file."""

    sent: Sent
    status: int  # of the worst answer
    state: str = ""  # "read" or "refused"
    said: str = ""  # the sentence, where it was refused
    seconds: float = 0


@dataclass
class Result:
    """What became of all."""

    ended: list[Ended] = field(default_factory=list)
    most: dict[int, float] = field(default_factory=dict)  # MiB at most, by process

    def watch(self, service: Running) -> None:
        """Note the memory as it is now, where it is more than before."""
        for pid, now in service.memory().items():
            self.most[pid] = max(now, self.most.get(pid, 0))


@contextlib.contextmanager
def running(database_url: str, folder: Path, **settings: str) -> Iterator[Running]:
    """The service on a migrated database, for as long as the block lasts."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environ = {key: value for key, value in os.environ.items() if not key.startswith("TRACKER_")} | {
        "TRACKER_SECRET_KEY": secrets.token_urlsafe(48),
        "TRACKER_BASE_URL": url,
        "TRACKER_DATABASE_URL": database_url,
        "TRACKER_FILES": str(folder / "files"),
        "PYTHONPATH": str(ROOT),
        **serving.MEMORY,
        **settings,
    }
    web = serving.web_command("127.0.0.1", port, WORKERS, 4)
    log = folder / "service.log"
    with log.open("wb") as output:
        processes = [
            subprocess.Popen(command, env=environ, cwd=ROOT, stdout=output, stderr=output)
            for command in (web, serving.scheduler_command())
        ]
        try:
            _wait_for(url + "/health/live")
            yield Running(url, processes[0], processes[1], log)
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(40)


class Sender:
    """A person with a browser: signs in, sends files by the form, and waits for the end of each reading."""

    def __init__(self, url: str, email: str, password: str) -> None:
        self.url = url
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()), _NoRedirect()).open
        self._token()
        form = {"email": email, "password": password, "csrf_token": self._token()}
        status, where, _ = self.ask("/sign-in", urllib.parse.urlencode(form).encode())
        assert (status, where) == (302, "/"), status

    def send(self, sent: Sent) -> Ended:
        """Send one file in and wait until it is read or refused."""
        began = time.monotonic()
        status, where, page = self.post(sent)
        ended = Ended(sent, status)
        if status == 302 and "/adding/" in where:
            self._follow(where, ended)
        elif status == 302:
            ended.state = "read"  # the same file was a report before
        else:
            ended.state, ended.said = "refused", _error(page)
        ended.seconds = time.monotonic() - began
        return ended

    def post(self, sent: Sent) -> tuple[int, str, str]:
        """Send one file by the form; return the status, where it leads, and the page."""
        boundary = secrets.token_hex(16)
        return self.ask("/reports/add", self._form(sent, boundary), boundary)

    def ask(self, where: str, data: bytes | None = None, boundary: str = "") -> tuple[int, str, str]:
        """Ask for a page, or post to it; return the status, where it sends one, and its words."""
        request = urllib.request.Request(self.url + where, data)  # noqa: S310 - our own server
        if boundary:
            request.add_header("Content-Type", f"multipart/form-data; boundary={boundary}")
        try:
            with self._open(request, timeout=LONGEST) as answer:
                return answer.status, "", answer.read().decode()
        except urllib.error.HTTPError as other:
            with other:
                return other.code, other.headers.get("Location", ""), other.read().decode()

    def _follow(self, where: str, ended: Ended) -> None:
        until = time.monotonic() + LONGEST
        while time.monotonic() < until:
            status, _, answer = self.ask(f"{where}/state.json")
            ended.status = max(status, ended.status)
            state = json.loads(answer) if status == 200 else {}
            if state.get("ended"):
                ended.state = state["status"]
                break
            time.sleep(0.1)
        status, check, page = self.ask(where)
        ended.status = max(status, ended.status)
        while ended.state == "read" and status == 302:  # on to checking, or to the list of points where there is none
            status, check, page = self.ask(check)
            ended.status = max(status, ended.status)
        if ended.state == "refused":
            ended.said = _inset(page)

    def _form(self, sent: Sent, boundary: str) -> bytes:
        name = sent.filename.replace('"', "_")
        head = "".join(
            f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in (("csrf_token", self._token()), ("way", "file"))
        )
        head += f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        return head.encode() + sent.data + f"\r\n--{boundary}--\r\n".encode()

    def _token(self) -> str:
        status, _, page = self.ask("/account")
        found = re.search(r'name="csrf_token" value="([^"]+)"', page if status == 200 else self.ask("/sign-in")[2])
        return found.group(1) if found else ""


def send_all(service: Running, files: Iterable[Sent], senders: list[Sender]) -> Result:
    """Let the senders send everything, each a file after the other."""
    result, waiting = Result(), SimpleQueue[Sent]()
    for sent in files:
        waiting.put(sent)
    result.watch(service)

    def work(sender: Sender) -> None:
        with contextlib.suppress(Empty):
            while True:
                result.ended.append(sender.send(waiting.get_nowait()))

    threads = [threading.Thread(target=work, args=(sender,)) for sender in senders]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        result.watch(service)
        time.sleep(0.2)
    return result


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_given: object) -> None:
        return None


def _resident(pid: int) -> float:
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    return 0


def _error(page: str) -> str:
    found = re.search(r"govuk-error-summary__body.*?<li[^>]*>(.*?)</li>", page, re.DOTALL)
    return _words(found.group(1)) if found else ""


def _inset(page: str) -> str:
    found = re.search(r'<div class="govuk-inset-text">(.*?)</div>', page, re.DOTALL)
    return _words(found.group(1)) if found else ""


def _words(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def _wait_for(address: str) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError, http.client.HTTPException):
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own server
                answer.read()
            return
        time.sleep(0.1)
    raise RuntimeError("the service did not start")
