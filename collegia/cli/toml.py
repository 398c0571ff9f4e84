"""Settings written as TOML, so that what is shown can be saved as a file of settings."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from collegia.settings.reading import PAIRS

if TYPE_CHECKING:
    from collegia.settings import Settings

__all__ = ["hidden", "plain", "tables"]

_PAIRS = frozenset(place[-1] for place in PAIRS)
_USER = re.compile(r"(?<=//)[^/@\s]+(?=@)")
_SECRET = r"[\w-]*(?:key|token|secret|password|authorization)"  # noqa: S105  # names of secrets, none of them
_SAID = re.compile(rf"(?i)({_SECRET}[=:]\s*)\S+")
_FLAG = re.compile(rf"(?i)--?{_SECRET}")


def plain(settings: Settings) -> dict[str, Any]:
    """The settings as tables, lists, texts and numbers."""
    made = _plain(asdict(settings))
    return dict(made)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: dict(one) if name in _PAIRS else _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, Path) else value


def hidden(value: Any) -> Any:
    """The same with what may be a secret left out: within an address, after a name or a flag of one."""
    if isinstance(value, Mapping):
        return {name: hidden(one) for name, one in value.items()}
    if isinstance(value, list):
        flagged = [False, *(isinstance(one, str) and _FLAG.fullmatch(one) is not None for one in value)]
        return ["…" if flag else hidden(one) for one, flag in zip(value, flagged, strict=False)]
    return _SAID.sub(r"\1…", _USER.sub("…", value)) if isinstance(value, str) else value


def tables(said: Mapping[str, Any], source: Callable[[tuple[str, ...]], str]) -> Iterator[str]:
    """The lines of a file of settings, each value with where it comes from; what is not set is a comment."""
    yield from _table(hidden(said), (), source)


def _table(said: Mapping[str, Any], at: tuple[str, ...], source: Callable[[tuple[str, ...]], str]) -> Iterator[str]:
    for name, value in said.items():
        if isinstance(value, Mapping):
            continue
        where = source((*at, name))
        comment = f"  # {where}" if where else ""
        yield f"# {_key(name)} is not set" if value is None else f"{_key(name)} = {_value(value)}{comment}"
    for name, value in said.items():
        if isinstance(value, Mapping) and value:
            place = (*at, name)
            if not all(isinstance(one, Mapping) for one in value.values()):
                yield ""
                yield f"[{'.'.join(map(_key, place))}]"
            yield from _table(value, place, source)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _value(name)


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(name)} = {_value(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value).lower() if isinstance(value, bool) else str(value)
