"""Copying to the clipboard, in the ways that work between them on every terminal.

OSC 52 reaches the user's own machine through SSH, but some terminals ignore it; a program of the desktop works where
the app runs on that desktop. Nobody can tell which of them worked, so both are done.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App

__all__ = ["copy", "program"]

_PROGRAMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("", ("pbcopy",)),
    ("WAYLAND_DISPLAY", ("wl-copy",)),
    ("DISPLAY", ("xclip", "-selection", "clipboard")),
    ("DISPLAY", ("xsel", "--clipboard", "--input")),
    ("WSL_DISTRO_NAME", ("clip.exe",)),
)
"""Programs that copy, each with the variable that says whether its desktop is there."""

_PATIENCE = 2.0  # seconds


def program(environ: Mapping[str, str]) -> tuple[str, ...] | None:
    """The command that copies what it reads, on the desktop that this environment is of; None where there is none."""
    for needed, command in _PROGRAMS:
        if (not needed or environ.get(needed)) and (found := shutil.which(command[0], path=environ.get("PATH"))):
            return (found, *command[1:])
    return None


def copy(app: App[Any], text: str) -> str:
    """Copy a text; what was done, in words to show."""
    app.copy_to_clipboard(text)
    command = program(os.environ)
    size = f"{len(text)} characters"
    if command is None:
        return f"{size} sent to the terminal (OSC 52); where it ignores that, F9 gives you its own mouse selection"
    try:
        subprocess.run(  # noqa: S603  # a program named above, found on the user's own path; the text goes to its input
            command, input=text.encode(), check=True, timeout=_PATIENCE,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        return f"{size} sent to the terminal (OSC 52); {command[0]} failed: {error}"
    return f"{size} copied"
