"""A real Chromium against the real server, with everything watched that a page must not do."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from tests import factories as make

from bihuan.scope import Actor

CHROMIUM = os.environ.get("BIHUAN_CHROMIUM", "/usr/bin/chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

DESK = {"width": 1440, "height": 1000}
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": QUIET}


@pytest.fixture
def unit(transactional_db):
    return make.a_unit()


@dataclass
class Visitors:
    """Opens a browser for each person; `complaints` is what any of their pages wrote to the console."""

    browser: Browser
    address: str
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def page(self, **options: object) -> Page:
        """Give a page of somebody who did not sign in."""
        context = self.browser.new_context(base_url=self.address, locale="zh-CN", **options)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def _listen(self, message: ConsoleMessage) -> None:
        # A refused form answers 4xx on purpose, and Chromium writes that to the console.
        if message.type in ("error", "warning") and "status of 4" not in message.text:
            self.complaints.append(message.text)

    def sign_in(self, actor: Actor, **options: object) -> Page:
        """Give a page of somebody who signed in by the form."""
        page = self.page(**{"viewport": DESK, **options})
        page.goto("/sign-in/")
        page.get_by_label("账号").fill(make.Person.objects.get(pk=actor.person_id).username)
        page.get_by_label("密码").fill(make.PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url("**/")
        return page


@pytest.fixture
def visitors(browser: Browser, live_server, unit) -> Iterator[Visitors]:
    """Give browsers, and hold every page that was opened to the content policy and to working scripts."""
    visitors = Visitors(browser, live_server.url)
    yield visitors
    for context in visitors.contexts:
        context.close()
    assert visitors.complaints == []
