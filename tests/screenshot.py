"""Takes the picture of the README; `script/screenshot` runs it."""

import os
import re
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "images" / "ledger.png"
ACCOUNT = "office-qingcha"
CHROMIUM = os.environ["BIHUAN_CHROMIUM"]


@contextmanager
def demonstration() -> Iterator[tuple[str, str]]:
    """Serve the demonstration from a fresh folder; gives its address and the password of its accounts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "BIHUAN_DATA": data, "BIHUAN_PORT": port}
        environment.pop("DATABASE_URL", None)
        server = subprocess.Popen(
            ["script/server"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        assert server.stdout is not None
        try:
            said = ""
            for line in server.stdout:
                said += line
                if line.startswith("server: http://"):
                    break
            password = re.search(rf"(?m)^{ACCOUNT} +(\S+)", said)
            if password is None:
                raise SystemExit(f"the server did not come up:\n{said}")
            yield f"http://127.0.0.1:{port}/", password.group(1)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=10)


def take(address: str, password: str) -> None:
    """Sign in, open the oldest ledger, which has seen most, and keep what a desk screen shows of it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 1000}, locale="zh-CN")
        page.goto(address)
        page.fill("input[name=username]", ACCOUNT)
        page.fill("input[name=password]", password)
        page.click("main button.button--main")
        page.locator(".board-title a").last.click()
        page.wait_for_load_state("networkidle")
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    with demonstration() as (address, password):
        take(address, password)
    print(f"screenshot: wrote {PICTURE.relative_to(ROOT)}")  # noqa: T201 - said to the person who runs the script
