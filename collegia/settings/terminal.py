"""How the terminal app looks, and its keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from collegia.settings.strict import Strict, WrongSetting

__all__ = ["Terminal"]

_KEYS = re.compile(r"[a-z0-9_+]+(?:\s*,\s*[a-z0-9_+]+)*")


@dataclass(frozen=True)
class Terminal(Strict):
    """The terminal app.

    Attributes:
        theme: the name of one of its themes; its dark one where empty. `/theme` shows them.
        mouse: whether the app takes the mouse; without it the terminal selects text as it always does.
        keys: other keys for actions, by the actions' ids as its help shows them: {"app.evidence": "ctrl+e"}; several
            with commas between.
    """

    theme: str = ""
    mouse: bool = True
    keys: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        for action, keys in self.keys.items():
            if not _KEYS.fullmatch(keys):
                raise WrongSetting(f'terminal.keys has {keys!r} for {action}; give keys as in "f3" or "ctrl+e,f3"')
