"""`collegia` and `collegia chat`: open the terminal app. `collegia web`: the same app in a browser."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from collegia.cli.chosen import Chosen
from collegia.cli.err import ANSWERED, ERROR, USAGE, tell
from collegia.errors import UsageError

if TYPE_CHECKING:
    from collegia.agents.assistant import Assistant

__all__ = ["open_app", "serve_app"]


_DRIVER = "TEXTUAL_DRIVER"
"""The variable by which textual-serve tells an app that a browser shows it."""


def open_app(chosen: Chosen) -> int:
    """Open the app in this terminal; what is heavy loads once its first screen is up.

    Raises:
        UsageError: there is no terminal, or a setting that cannot be used.
    """
    served = bool(os.environ.get(_DRIVER))  # to a browser, which is the terminal then
    if not served and not (sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty()):
        tell('the app needs a terminal; elsewhere: collegia ask "QUESTION" (collegia --help shows all commands)')
        return USAGE
    if not served and os.environ.get("TERM") == "dumb":
        tell('this terminal (TERM is dumb) cannot show the app; in plain lines: collegia ask "QUESTION"')
        return USAGE
    from collegia.settings import Settings
    from collegia.tui.actions import ACTIONS
    from collegia.tui.app import CollegiaApp

    look = Settings.load().terminal
    known = {one.id for one in ACTIONS}
    if strange := sorted(look.keys.keys() - known):
        raise UsageError(f"terminal.keys names {strange[0]!r}; the actions are: {', '.join(sorted(known))}")
    files_asked_about = _trusted(chosen)

    def make() -> Assistant:
        return files_asked_about or _assistant(chosen)

    if served:
        from collegia.cli.web import end_with_server

        end_with_server()
    app = CollegiaApp(make, theme=look.theme, keys=look.keys)
    app.run(mouse=look.mouse)
    if app.return_code:
        return ERROR
    return ANSWERED


def _assistant(chosen: Chosen) -> Assistant:
    from collegia.cli.loading import make_assistant

    return make_assistant(chosen)


def _trusted(chosen: Chosen) -> Assistant | None:
    """The assistant where files of experts are named: whether they are trusted is asked before the app is up."""
    return _assistant(chosen) if chosen.files else None


def serve_app(port: int) -> int:
    """Serve the app to browsers of this machine until it is stopped.

    Raises:
        MissingLibrary: textual-serve is not installed.
        UsageError: the port is taken.
    """
    from collegia.cli.web import HOST, application, listening, serve

    app = application(port)
    with listening(port) as at:
        tell(f"the app is at http://{HOST}:{port} for browsers of this machine; Ctrl+C stops it")
        serve(app, at)
    return ANSWERED
