"""The server behind `guanhu serve`: textual-serve, with a lock on its door.

Whoever reaches the page acts in the book. So the address carries a key made at every start, other pages of the
browser can't reach it (Host and Origin are checked), and nothing is fetched from elsewhere.
"""

import re
import secrets
import shlex
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from aiohttp import web
from textual_serve.server import Server

from guanhu.commands.output import say
from guanhu.domain.errors import Refused
from guanhu.language import _

COOKIE = "guanhu-key"
_ELSEWHERE = re.compile(r"<link\b[^>]*https?://(?!\{)[^>]*fonts\.googleapis\.com[^>]*>", re.DOTALL)
_FOCUS = """<script>
  const waiting = setInterval(() => {
    const keyboard = document.querySelector(".xterm-helper-textarea");
    if (keyboard && document.body.classList.contains("-first-byte")) { keyboard.focus(); clearInterval(waiting); }
  }, 100);
</script>"""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class LockedServer(Server):
    """Serves only who has the key."""

    def __init__(self, words: Sequence[str], host: str, port: int) -> None:
        super().__init__(_line(words), host, port, title="管户", public_url=f"http://{_in_url(host)}:{port}")
        self.key = secrets.token_urlsafe(24)

    @property
    def address(self) -> str:
        """What is typed into the browser, or clicked."""
        return f"{self.public_url}/?key={self.key}"

    def initialize_logging(self) -> None:
        """Its log would tell keys typed."""

    async def on_startup(self, app: web.Application) -> None:
        """Say where it is."""
        say(_("The interface is at {address}", address=self.address))
        say(_("Who has this address acts in your name. Ctrl+C ends it."))
        sys.stdout.flush()

    async def _make_app(self) -> web.Application:
        app: web.Application = await super()._make_app()
        app.middlewares.append(self._door)
        return app

    @web.middleware
    async def _door(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        here = f"{_in_url(self.host)}:{self.port}"
        origin = request.headers.get("Origin")
        if request.host != here or origin not in (None, self.public_url):
            raise web.HTTPForbidden(text=_("This address is not served here."))
        offered = request.query.get("key", "") or request.cookies.get(COOKIE, "")
        if not secrets.compare_digest(offered.encode(), self.key.encode()):
            raise web.HTTPForbidden(text=_("The key is missing: open the address that guanhu serve has said."))
        response = await handler(request)
        if not response.prepared:
            response.set_cookie(COOKIE, self.key, httponly=True, samesite="Strict")
        return response

    async def handle_index(self, request: web.Request) -> Any:
        """The page, without what it would fetch from elsewhere, and ready for the keyboard without a click."""
        page = await super().handle_index(request)
        assert isinstance(page, web.Response)
        page.text = _ELSEWHERE.sub("", page.text or "").replace("</body>", f"{_FOCUS}</body>")
        return page


def serve_forever(words: Sequence[str], host: str, port: int) -> None:
    """Serve until it is stopped. Refused("port_taken")."""
    LockedServer(words, host, _free(host, port)).serve()


def _free(host: str, port: int) -> int:
    """The port, or a free one for 0; asked before, because the server would only log it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            raise Refused("port_taken", host=host, port=port) from error
        found: int = tried.getsockname()[1]
        return found


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _line(words: Sequence[str]) -> str:
    """The words as one line for the shell that the server starts."""
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)
