"""Whether a terminal can show the app, and whether what it copies arrives."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping

from collegia.health import Finding, ok, warning
from collegia.tui.copying import program

__all__ = ["COLUMNS", "LINES", "Options", "look_at_terminal", "look_at_tmux", "tmux_options"]

COLUMNS, LINES = 80, 24
"""The smallest terminal in which nothing of the app is out of reach."""

Options = Callable[[], Mapping[str, str]]

_PATIENCE = 2.0  # seconds for tmux to answer
_SLOW_ESCAPE = 50  # milliseconds after which Esc feels late
_MANAGERS = (
    ("apt-get", "sudo apt-get install"), ("dnf", "sudo dnf install"), ("pacman", "sudo pacman -S"),
    ("zypper", "sudo zypper install"), ("apk", "sudo apk add"), ("brew", "brew install"),
)  # fmt: skip


def look_at_terminal(environ: Mapping[str, str], size: tuple[int, int] | None, encoding: str) -> list[Finding]:
    """What the terminal can.

    Args:
        environ: of the process.
        size: columns and lines; None where standard output is no terminal.
        encoding: of standard output.
    """
    return [_kind(environ), _colours(environ), *_size(size), _letters(encoding), _clipboard(environ)]


def look_at_tmux(read: Options) -> list[Finding]:
    """The settings of tmux that matter: whether copying gets through it, Shift+Enter, colours, and a prompt Esc.

    Args:
        read: gives its options by name.
    """
    try:
        options = read()
    except (OSError, subprocess.SubprocessError) as error:
        return [warning("tmux", f"its settings cannot be read: {error}", "tmux show-options -g")]
    found = []
    if options.get("set-clipboard", "") != "on":
        said = f"set-clipboard is {options.get('set-clipboard')}: what the app copies stays within it"
        found.append(warning("tmux", said, "tmux set-option -s set-clipboard on"))
    if options.get("extended-keys", "") == "off":
        said = "extended-keys is off: Shift+Enter is Enter, and Ctrl+J breaks the line"
        found.append(warning("tmux", said, "tmux set-option -s extended-keys on"))
    delay = options.get("escape-time", "")
    if delay.isdecimal() and int(delay) > _SLOW_ESCAPE:
        said = f"escape-time is {delay} ms: Esc comes late"
        found.append(warning("tmux", said, "tmux set-option -s escape-time 10"))
    if "256color" not in (kind := options.get("default-terminal", "")) and kind not in ("", "tmux-direct"):
        said = f"default-terminal is {kind}, which has few colours"
        found.append(warning("tmux", said, "tmux set-option -s default-terminal tmux-256color"))
    return found or [ok("tmux", "copying, keys and colours get through")]


def tmux_options() -> dict[str, str]:
    """The options of the tmux that this process runs in, by name.

    Raises:
        OSError: tmux cannot be run.
        subprocess.SubprocessError: it does not answer.
    """
    command = (shutil.which("tmux") or "tmux", "show-options", "-s")
    told = subprocess.run(  # noqa: S603  # the tmux of the user's own path, and nothing foreign in the command
        command, capture_output=True, text=True, timeout=_PATIENCE, check=True
    ).stdout
    pairs = (one.partition(" ") for one in told.splitlines())
    return {name: value.strip('"') for name, _, value in pairs}


def _kind(environ: Mapping[str, str]) -> Finding:
    kind = environ.get("TERM", "")
    if kind in ("", "dumb", "unknown"):
        said = f"TERM is {kind or 'not set'}: the app cannot be shown, and commands write plain lines"
        return warning("terminal", said, "export TERM=xterm-256color")
    return ok("terminal", f"TERM is {kind}")


def _colours(environ: Mapping[str, str]) -> Finding:
    if environ.get("NO_COLOR"):
        return ok("colours", "none, as NO_COLOR says")
    if environ.get("COLORTERM", "") in ("truecolor", "24bit"):
        return ok("colours", "all")
    if any(part in environ.get("TERM", "") for part in ("256color", "direct", "kitty", "ghostty")):
        return ok("colours", "256; export COLORTERM=truecolor where the terminal has all")
    return warning("colours", "16 at most, by what TERM says", "export TERM=xterm-256color")


def _size(size: tuple[int, int] | None) -> list[Finding]:
    if size is None:
        return []
    columns, lines = size
    said = f"{columns} columns and {lines} lines"
    if columns < COLUMNS or lines < LINES:
        return [warning("size", f"{said}; the app wants {COLUMNS} and {LINES}", f"printf '\\033[8;{LINES};{COLUMNS}t'")]
    return [ok("size", said)]


def _letters(encoding: str) -> Finding:
    if encoding.lower().replace("-", "") in ("utf8", "cp65001"):
        return ok("letters", "UTF-8")
    said = f"standard output is written in {encoding or 'no known encoding'}: units and arrows are shown escaped"
    return warning("letters", said, "export LC_ALL=C.UTF-8")


def _clipboard(environ: Mapping[str, str]) -> Finding:
    if found := program(environ):
        return ok("clipboard", f"{found[0]}, and the terminal itself (OSC 52)")
    lacking = "wl-clipboard" if environ.get("WAYLAND_DISPLAY") else "xclip" if environ.get("DISPLAY") else ""
    if not lacking:
        return ok("clipboard", "the terminal itself (OSC 52); there is no desktop here")
    path = environ.get("PATH")
    install = next((command for name, command in _MANAGERS if shutil.which(name, path=path)), "install")
    return warning("clipboard", f"the terminal itself (OSC 52) alone; {lacking} is missing", f"{install} {lacking}")
