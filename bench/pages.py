"""Ledger and finding pages over PostgreSQL through gunicorn, with 10,000 and with 100,000 findings."""

import http.client
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from support.crowd import PASSWORD, grow, people_and_inspection, visitor_account
from support.figures import close, milliseconds, p50, p95, show
from support.installation import COMMAND, database

PORT = 8765
RUNS = 200
SMALL, LARGE = 10_000, 100_000


def main() -> None:
    """Fill, serve, measure; first with few findings, then with many."""
    with database():
        inspection = people_and_inspection()
        times: dict[int, dict[str, float]] = {}
        for count in (SMALL, LARGE):
            grow(inspection, count)
            with connection.cursor() as cursor:
                cursor.execute("analyze")
            connection.close()
            with _serving() as visitor:
                times[count] = _pages(visitor, inspection.pk, count)
        _queries(inspection.pk)
        connection.close()
    for name, small in times[SMALL].items():
        show(f"{name}: time at {LARGE:,} over time at {SMALL:,}", times[LARGE][name] / small, "x", 1.3)
    first, deep = times[LARGE]["ledger, page 1"], times[LARGE]["ledger, page 1,000"]
    show("ledger: page 1,000 over page 1", deep / first, "x", 1.3)


@contextmanager
def _serving() -> Iterator["Visitor"]:
    process = subprocess.Popen([COMMAND, "serve", "--port", str(PORT)])
    try:
        visitor = Visitor(PORT)
        visitor.wait()
        visitor.sign_in()
        yield visitor
        show("server process, largest", _largest_megabytes(process.pid), "MB", 200)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def _largest_megabytes(parent: int) -> float:
    listed = subprocess.run(
        ["ps", "-o", "rss=", "--pid", str(parent), "--ppid", str(parent)], capture_output=True, text=True
    )
    return max(int(line) for line in listed.stdout.split()) / 1024


class Visitor:
    """One client on one kept-alive connection, signed in."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies: dict[str, str] = {}

    def wait(self) -> None:
        """Wait until the server answers, ten seconds at most."""
        for _ in range(100):
            try:
                self.get("/sign-in/")
                return
            except OSError:
                self.connection.close()
                time.sleep(0.1)
        raise SystemExit("the server did not answer within 10 s")

    def get(self, path: str) -> str:
        """Fetch a page; anything but 200 stops the benchmark."""
        return self._send("GET", path, None, 200)

    def sign_in(self) -> None:
        """Sign in as the benchmark's supervisor."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get("/sign-in/"))
        assert token is not None
        form = {"csrfmiddlewaretoken": token.group(1), "username": "bench", "password": PASSWORD}
        self._send("POST", "/sign-in/", urlencode(form), 302)

    def _send(self, method: str, path: str, body: str | None, wanted: int) -> str:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        if answer.status != wanted:
            raise SystemExit(f"{method} {path} answered {answer.status}, not {wanted}")
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return text


def _addresses(inspection_id: int, count: int) -> dict[str, str]:
    ledger = f"/inspections/{inspection_id}/"
    wanted = {
        "ledger, page 1": ledger,
        "ledger, due first": f"{ledger}?sort=due",
        "ledger, overdue only": f"{ledger}?lamp=red",
        "ledger, written off only": f"{ledger}?state=written_off",
        "finding": "/findings/1234/",
    }
    if count >= 999 * 50:
        wanted["ledger, page 1,000"] = f"{ledger}?after={999 * 50}"
    return wanted


def _pages(visitor: Visitor, inspection_id: int, count: int) -> dict[str, float]:
    medians = {}
    for name, path in _addresses(inspection_id, count).items():
        times = milliseconds(lambda path=path: visitor.get(path), runs=RUNS, warm_up=20)
        medians[name] = p50(times)
        show(f"{name}, {count:,} findings, p50", p50(times), "ms", 40)
        show(f"{name}, {count:,} findings, p95", p95(times), "ms", 100)
    return medians


def _queries(inspection_id: int) -> None:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(visitor_account())
    for name, path in _addresses(inspection_id, LARGE).items():
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        show(f"{name}, SQL queries", len(captured), "queries", 12)


if __name__ == "__main__":
    main()
    close()
