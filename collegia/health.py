"""What a look at an installation finds: what is in order, and what is wrong, with the command that mends it.

Each room looks at what is its own (`settings.health`, `tools.health`, `agents.health`, …); `collegia doctor` tells it.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

__all__ = ["Finding", "State", "fault", "ok", "quoted", "warning"]

State = Literal["ok", "warning", "fault"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        state: in order; in order but for something that one may do without; or wrong.
        what: was looked at: "run store".
        said: how it is, in words.
        mend: what to type, or what to do where no command does it; empty where nothing has to be done.
    """

    state: State
    what: str
    said: str
    mend: str = ""


def ok(what: str, said: str) -> Finding:
    """Something in order."""
    return Finding("ok", what, said)


def warning(what: str, said: str, mend: str) -> Finding:
    """Something that one may do without."""
    return Finding("warning", what, said, mend)


def fault(what: str, said: str, mend: str) -> Finding:
    """Something that is wrong."""
    return Finding("fault", what, said, mend)


def quoted(path: Path | str) -> str:
    """A path as a shell takes it."""
    return shlex.quote(str(path))
