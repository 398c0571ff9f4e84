"""The home folder and the file of settings, looked at; nothing is made."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from collegia.errors import UsageError
from collegia.health import Finding, fault, ok, quoted
from collegia.settings.reading import config_path, home_path
from collegia.settings.types import Settings

__all__ = ["look_at_home", "look_at_settings"]


def look_at_home(home: Path) -> Finding:
    """Whether the home folder is there, or can be made, and can be written to."""
    what = "home folder"
    try:
        place = next(one for one in (home, *home.absolute().parents) if one.exists())
    except OSError as error:
        return fault(what, f"{home} cannot be looked at: {error.strerror or error}", _elsewhere())
    if not place.is_dir():
        return fault(what, f"{place} is a file, and no folder", _elsewhere())
    if not os.access(place, os.W_OK | os.X_OK) or _is_read_only(place):
        return fault(what, f"{place} cannot be written to", _opened(place))
    there = "can be written to" if place == home else "is made when it is first needed"
    return ok(what, f"{home} {there}")


def look_at_settings(environ: Mapping[str, str]) -> tuple[Settings, list[Finding]]:
    """The settings, and each fault of theirs; where they have one, what comes back are the defaults."""
    path = config_path(environ)
    there = path.is_file()
    try:
        settings = Settings.load(environ)
    except UsageError as error:
        mend = f"${{EDITOR:-vi}} {quoted(path)} && collegia config check"
        found = [fault("settings", said, _mend(said, mend)) for said in str(error).splitlines()]
        return Settings(home=home_path(environ)), found
    return settings, [
        ok("settings", str(path) if there else f"all are defaults or in the environment; {path} is not there")
    ]


def _mend(said: str, edit: str) -> str:
    """What mends a fault: the variable is unset where it is one's, else the file is edited."""
    first = said.split(" ", 1)[0]
    if first.startswith("COLLEGIA_"):
        return f"unset {first}"
    return "env | grep ^COLLEGIA_" if said.startswith("the environment:") else edit


def _is_read_only(folder: Path) -> bool:
    """Whether it lies on a file system that nobody may write to, root neither."""
    return hasattr(os, "statvfs") and bool(os.statvfs(folder).f_flag & os.ST_RDONLY)


def _opened(folder: Path) -> str:
    mine = hasattr(os, "geteuid") and folder.stat().st_uid == os.geteuid() and not _is_read_only(folder)
    return f"chmod u+rwx {quoted(folder)}" if mine else _elsewhere()


def _elsewhere() -> str:
    return 'export COLLEGIA_HOME="$HOME/collegia"'
