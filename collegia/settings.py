"""Settings: one frozen object, read from the environment once and overridden by arguments.

`COLLEGIA_HOME` is the folder that holds all state; the platform's data folder is the default. `COLLEGIA_MAX_STEPS`,
`COLLEGIA_MAX_SECONDS` and `COLLEGIA_MAX_CONCURRENCY` bound a run; `COLLEGIA_DOMAINS` narrows what is loaded.
`COLLEGIA_EMBEDDING` says what turns passages into vectors, `COLLEGIA_EMBEDDING_<COLLECTION>` the same for one
collection; `COLLEGIA_VECTORS` and `COLLEGIA_CHROMA_URL` say where vectors live. `COLLEGIA_EMBEDDING_KEY` is a secret
and stays in the environment: it is no setting, and the collection `key` has no embedding of its own.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from collegia.errors import UsageError

__all__ = ["Budget", "Settings"]

_OWN = "COLLEGIA_EMBEDDING_"


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
        embedding: what turns passages into vectors: none, hash:DIM, wordllama, openai:URL#MODEL or litellm:MODEL.
        embeddings: the same for single collections, by the name of the collection in small letters and underscores.
        vectors: where vectors live: "chroma", or "exact" for one file that is searched through.
        chroma_url: Chroma's server, as http://HOST:PORT; None for a folder within the home.
    """

    home: Path
    budget: Budget = field(default_factory=Budget)
    max_concurrency: int = 16
    domains: tuple[str, ...] | None = None
    embedding: str = "none"
    embeddings: tuple[tuple[str, str], ...] = ()
    vectors: str = "chroma"
    chroma_url: str | None = None

    def __post_init__(self) -> None:
        if self.max_concurrency < 1:
            raise UsageError(f"max_concurrency is {self.max_concurrency}; give at least 1")
        if self.vectors not in {"chroma", "exact"}:
            raise UsageError(f"COLLEGIA_VECTORS is {self.vectors!r}; give chroma or exact")
        _check_embedding(self.embedding, "COLLEGIA_EMBEDDING")
        for name, spec in self.embeddings:
            _check_embedding(spec, f"COLLEGIA_EMBEDDING_{name.upper()}")

    def embedding_of(self, collection: str) -> str:
        """What turns the passages of a collection into vectors: its own embedding where it has one."""
        return dict(self.embeddings).get(_plain(collection), self.embedding)

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
        own = [(_plain(name[len(_OWN) :]), env[name].strip()) for name in sorted(env) if name.startswith(_OWN)]
        return cls(
            _home(env) if home is None else Path(home).expanduser(),
            budget,
            concurrency,
            domains,
            embedding=env.get("COLLEGIA_EMBEDDING", "").strip() or "none",
            embeddings=tuple((name, spec) for name, spec in own if spec and name not in {"", "key"}),
            vectors=env.get("COLLEGIA_VECTORS", "").strip() or "chroma",
            chroma_url=env.get("COLLEGIA_CHROMA_URL", "").strip() or None,
        )


def _plain(name: str) -> str:
    """A collection's name as the end of a variable's name has it, in small letters."""
    return re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")


def _check_embedding(spec: str, variable: str) -> None:
    """Refuse what cannot be an embedding, without loading or calling anything.

    Raises:
        UsageError: it names the variable.
    """
    if not re.fullmatch(r"none|wordllama|hash:[1-9]\d{0,4}|openai:https?://\S+#\S+|litellm:\S+", spec, re.ASCII):
        shown = re.sub(r"//[^/@\s]*@", "//…@", spec)
        raise UsageError(
            f"{variable} is {shown!r}; give none, hash:DIM (hash:384), wordllama, openai:URL#MODEL"
            " (openai:http://127.0.0.1:8000/v1#my-model) or litellm:MODEL"
        )


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
