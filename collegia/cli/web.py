"""`collegia web`: the app in browsers of this machine, and in no page but its own.

Whoever reaches the websocket types into the app, which reads files and starts experts. So it listens on loopback, and
there are pages of other sites in the same browser: a request that another page caused says so in `Origin`, and one that
came by a name which now points here (DNS rebinding) has that name in `Host`. Both are refused, and no page may frame
this one. Nothing is loaded from another server. Other users of the machine can reach it, as any port of it.
"""

from __future__ import annotations

import asyncio
import io
import os
import re
import shlex
import signal
import socket
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from contextlib import redirect_stdout
from typing import TYPE_CHECKING

from collegia.cli.err import tell
from collegia.errors import MissingLibrary, UsageError

if TYPE_CHECKING:
    from aiohttp import web
    from aiohttp.typedefs import Handler, Middleware

__all__ = ["HOST", "application", "end_with_server", "listening", "serve"]

HOST = "127.0.0.1"

_PATIENCE = 5.0  # seconds that open apps have to end in
_LOOK = 1.0  # seconds between two looks whether the server is there
_FOREIGN = re.compile(r"<link\b[^>]*\bhref=\"https?://(?!127\.0\.0\.1[:/])[^>]*>")
_FONT = (
    '<style>@font-face { font-family: "Roboto Mono"; font-weight: 100 700;'
    ' src: url("/static/fonts/RobotoMono-VariableFont_wght.ttf"); }</style>'
)


def listening(port: int) -> socket.socket:
    """A socket on loopback.

    Raises:
        UsageError: the port is taken, or not ours to take.
    """
    made = socket.socket()
    try:
        if os.name == "posix":  # elsewhere this would take a port that is in use
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((HOST, port))
        made.listen()
    except OSError as error:
        made.close()
        raise UsageError(f"port {port} cannot be used: {error.strerror}; choose another with --port") from error
    return made


def serve(app: web.Application, at: socket.socket) -> None:
    """Serve an application at a socket until the process is told to stop (Ctrl-C, SIGTERM).

    What an app complains of is told on standard error; once the server is ending, apps are cut off, and it is not.
    """
    from aiohttp import web

    complaints = _Complaints()

    async def quiet(_: web.Application) -> None:
        complaints.ending = True

    app.on_shutdown.insert(0, quiet)
    with redirect_stdout(complaints):  # textual-serve writes them there
        web.run_app(app, sock=at, print=None, access_log=None, shutdown_timeout=1.0)


class _Complaints(io.TextIOBase):
    """Takes what apps wrote to standard error, and tells it."""

    ending = False

    def write(self, text: str) -> int:
        if text.strip() and not self.ending:
            tell(text.rstrip("\n"))
        return len(text)


def end_with_server() -> None:
    """In an app that is served: leave its end to its server, and end it when that is gone."""
    if os.name != "posix":
        return
    server = os.getppid()
    if os.getpid() != os.getpgrp():
        os.setsid()  # what a terminal sends to all at once is for the server

    def watch() -> None:
        while os.getppid() == server:
            time.sleep(_LOOK)
        os.kill(os.getpid(), signal.SIGTERM)  # the app stores what is going, and ends
        time.sleep(_PATIENCE)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def application(port: int) -> web.Application:
    """The pages of textual-serve behind the guard.

    Args:
        port: where they are served; the page and the guard go by it.

    Raises:
        MissingLibrary: textual-serve is not installed.
    """
    try:
        import aiohttp_jinja2
        import jinja2
        from aiohttp import web
        from textual_serve.server import Server
    except ImportError as error:
        raise MissingLibrary(f"the browser needs textual-serve ({error}): pip install 'collegia[web]'") from error
    server = Server(_command(), host=HOST, port=port, title="Collegia")
    open_apps: set[asyncio.Task[object]] = set()

    async def page(request: web.Request) -> web.StreamResponse:
        made = await server.handle_index(request)
        assert isinstance(made, web.Response)  # noqa: S101  # a page from a template, which is a whole one
        made.text = _FOREIGN.sub(_FONT, made.text or "")
        return made

    async def typing(request: web.Request) -> web.StreamResponse:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # a handler runs in one
        open_apps.add(task)
        try:
            return await server.handle_websocket(request)
        finally:
            open_apps.discard(task)

    async def end(_: web.Application) -> None:
        for one in open_apps:
            one.cancel()
        if open_apps:
            await asyncio.wait(open_apps, timeout=_PATIENCE)

    app = web.Application(middlewares=[_guard(port)])
    aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(server.templates_path))
    app.add_routes(
        [
            web.get("/", page, name="index"),
            web.get("/ws", typing, name="websocket"),
            web.get("/download/{key}", server.handle_download, name="download"),
            web.static("/static", server.statics_path, name="static"),
        ]
    )
    app.on_response_prepare.append(_headers(port))
    app.on_shutdown.append(end)
    return app


def _guard(port: int) -> Middleware:
    """What turns away requests of other pages, and those that came by another name."""
    from aiohttp import web

    own = f"{HOST}:{port}"

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        if origin is not None and origin != f"http://{own}":
            raise web.HTTPForbidden(text="This is for the app's own page alone.\n")
        if request.host == f"localhost:{port}" and request.path == "/":
            raise web.HTTPFound(f"http://{own}{request.path_qs}")
        if request.host != own:
            raise web.HTTPForbidden(text=f"This is http://{own} and answers to no other name.\n")
        return await handler(request)

    return guard


def _headers(port: int) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    """What tells the browser to load nothing from elsewhere, and to show this in no other page."""
    policy = (
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; font-src 'self';"
        f" img-src 'self' data: blob:; connect-src ws://{HOST}:{port} 'self'; frame-ancestors 'none'; base-uri 'none'"
    )

    async def add(_: web.Request, response: web.StreamResponse) -> None:
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Referrer-Policy"] = "no-referrer"

    return add


def _command() -> str:
    """What starts an app, as a shell takes it; deaf to what is for the server until it has a session of its own."""
    command = [sys.executable, "-m", "collegia", "chat"]
    return f"trap '' INT TERM; exec {shlex.join(command)}" if os.name == "posix" else shlex.join(command)
