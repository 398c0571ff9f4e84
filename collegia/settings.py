"""Settings: one frozen object, read from the environment once and overridden by arguments.

`COLLEGIA_HOME` is the folder that holds all state; the platform's data folder is the default. `COLLEGIA_MAX_STEPS`,
`COLLEGIA_MAX_SECONDS` and `COLLEGIA_MAX_CONCURRENCY` bound a run; `COLLEGIA_DOMAINS` narrows what is loaded.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from collegia.errors import UsageError

__all__ = ["Budget", "Settings"]


@dataclass(frozen=True)
class Budget:
    """Hard limits of one run.

    Attributes:
        max_steps: how many experts a plan may call.
        max_seconds: how long planning and dispatch may take together.
    """

    max_steps: int = 64
    max_seconds: float = 300.0

    def __post_init__(self) -> None:
        if self.max_steps < 1:
            raise UsageError(f"a budget of {self.max_steps} steps allows nothing; give at least 1")
        if not (math.isfinite(self.max_seconds) and self.max_seconds > 0):
            raise UsageError(f"a budget of {self.max_seconds} seconds cannot be kept; give a positive number")


@dataclass(frozen=True)
class Settings:
    """What a run may use, and where its state lives.

    Attributes:
        home: the folder of the run store; made when it is first written to.
        budget: the limits of each run.
        max_concurrency: how many experts run at one time.
        domains: the names of the domains to load; None for all that are installed.
    """

    home: Path
    budget: Budget = field(default_factory=Budget)
    max_concurrency: int = 16
    domains: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        if self.max_concurrency < 1:
            raise UsageError(f"max_concurrency is {self.max_concurrency}; give at least 1")

    @classmethod
    def load(
        cls,
        environ: Mapping[str, str] | None = None,
        *,
        home: str | Path | None = None,
        max_steps: int | None = None,
        max_seconds: float | None = None,
        max_concurrency: int | None = None,
        domains: tuple[str, ...] | None = None,
    ) -> Settings:
        """Read the environment; an argument that is given goes before it.

        Raises:
            UsageError: a value that cannot be used; the message names the variable.
        """
        env = os.environ if environ is None else environ
        usual = Budget()
        budget = Budget(
            _whole(env, "COLLEGIA_MAX_STEPS", usual.max_steps) if max_steps is None else max_steps,
            _number(env, "COLLEGIA_MAX_SECONDS", usual.max_seconds) if max_seconds is None else max_seconds,
        )
        concurrency = _whole(env, "COLLEGIA_MAX_CONCURRENCY", 16) if max_concurrency is None else max_concurrency
        named = env.get("COLLEGIA_DOMAINS")
        if domains is None and named is not None:
            domains = tuple(name.strip() for name in named.split(",") if name.strip())
        return cls(_home(env) if home is None else Path(home).expanduser(), budget, concurrency, domains)


def _home(env: Mapping[str, str]) -> Path:
    if named := env.get("COLLEGIA_HOME", "").strip():
        return Path(named).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir("collegia", appauthor=False))


def _number(env: Mapping[str, str], name: str, usual: float) -> float:
    text = env.get(name, "").strip()
    if not text:
        return usual
    try:
        value = float(text)
    except ValueError:
        raise UsageError(f"{name} is {text!r}, which is not a number") from None
    if not (math.isfinite(value) and value > 0):
        raise UsageError(f"{name} is {text!r}; give a positive number")
    return value


def _whole(env: Mapping[str, str], name: str, usual: int) -> int:
    value = _number(env, name, usual)
    if value != int(value):
        raise UsageError(f"{name} is {env[name]!r}; give a whole number")
    return int(value)
