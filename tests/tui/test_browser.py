"""`guanhu serve` in a real browser: headless Chromium, driven by the WebDriver protocol itself."""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from guanhu.store.book import Book

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1000,700",
)  # fmt: skip
SECONDS = 20.0

pytestmark = [
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="there is no chromium with its chromedriver"),
    pytest.mark.skipif(find_spec("textual_serve") is None, reason="the extra `serve` is not installed"),
]


@pytest.fixture
def address(book: Book, tmp_path: Path) -> Iterator[str]:
    """The address of the small branch's interface, being served."""
    environment = os.environ | {"GUANHU_BOOK": str(book.path), "GUANHU_STAFF": "S1", "GUANHU_LANG": "zh"}
    with subprocess.Popen(
        [sys.executable, "-m", "guanhu.cli", "serve", "--port", "0"],
        stdout=subprocess.PIPE, text=True, env=environment, cwd=tmp_path,
    ) as server:  # fmt: skip
        try:
            assert server.stdout is not None
            said = re.search(r"http://\S+", server.stdout.readline())
            assert said is not None
            waited(lambda: urllib.request.urlopen(said.group(), timeout=SECONDS).status == 200)
            yield said.group()
        finally:
            server.kill()


class Browser:
    """One page of a headless Chromium."""

    def __init__(self, port: int, profile: Path) -> None:
        self._base = f"http://127.0.0.1:{port}"
        options = {"binary": CHROMIUM, "args": [*FLAGS, f"--user-data-dir={profile}"]}
        wanted = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}}
        waited(lambda: self._ask("GET", "/status")["ready"])
        self._base += f"/session/{self._ask('POST', '/session', wanted)['sessionId']}"

    def _ask(self, method: str, path: str, content: Any = None) -> Any:
        data = None if content is None else json.dumps(content).encode()
        request = urllib.request.Request(self._base + path, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            return json.load(answer)["value"]

    def go(self, address: str) -> None:
        self._ask("POST", "/url", {"url": address})

    def press(self, key: str) -> None:
        keys = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self._ask("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": keys}]})

    def run(self, script: str) -> Any:
        return self._ask("POST", "/execute/sync", {"script": script, "args": []})

    def picture(self) -> bytes:
        return base64.b64decode(self._ask("GET", "/screenshot"))

    def still_picture(self) -> bytes:
        """The page once it no longer changes."""
        last, seen = b"", self.picture()
        while last != seen:
            time.sleep(0.3)
            last, seen = seen, self.picture()
        return seen

    def close(self) -> None:
        self._ask("DELETE", "")


def waited(there: Callable[[], Any]) -> None:
    """Wait until something is so."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        try:
            if there():
                return
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.1)
    raise AssertionError("it did not come about in time")


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    assert DRIVER
    with subprocess.Popen([DRIVER, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as driver:
        try:
            assert driver.stdout is not None
            port = next(
                found.group(1) for line in driver.stdout if (found := re.search(r"successfully on port (\d+)", line))
            )
            page = Browser(int(port), tmp_path / "profile")
            yield page
            page.close()
        finally:
            driver.kill()


def test_a_key_pressed_in_the_browser_has_its_effect_there(address: str, browser: Browser) -> None:
    browser.go(address)
    waited(lambda: browser.run("return document.body.classList.contains('-first-byte')"))
    time.sleep(1)
    day = browser.still_picture()
    browser.press("?")
    waited(lambda: browser.picture() != day)
    help_ = browser.still_picture()
    browser.press("\ue00c")  # escape
    waited(lambda: browser.picture() != help_)


def test_nobody_gets_in_without_the_key(address: str) -> None:
    def status(url: str, **headers: str) -> int:
        try:
            with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=SECONDS) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    plain = address.partition("?")[0]
    assert status(address) == 200
    assert status(plain) == status(plain + "ws") == 403
    assert status(address, Origin="http://elsewhere.example") == 403
    assert status(address, Host="elsewhere.example") == 403


def test_the_page_fetches_nothing_from_elsewhere(address: str) -> None:
    with urllib.request.urlopen(address, timeout=SECONDS) as answer:
        page = answer.read().decode()
    here = address.partition("/?")[0]
    fetched = re.findall(r"(?:href|src)=\"(https?://[^\"]+)", page)
    assert fetched
    assert all(url.startswith(here) for url in fetched)
