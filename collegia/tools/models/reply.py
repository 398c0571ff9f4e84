"""A model's reply read as JSON: what wraps it is taken off, what is in it is checked against the schema, or refused."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from collegia.errors import MissingLibrary

__all__ = ["NotInForm", "read_json", "visible"]

_THINKING = re.compile(r"(?:\s*<(think|thinking|reasoning)>.*?(?:</\1>|\Z))+", re.DOTALL | re.IGNORECASE)
# Some templates write the opening tag into the prompt, so that the reply begins within.
_THOUGHT = re.compile(r"\s*(?![\s{\[`]).*?</(?:think|thinking|reasoning)>", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"```[\w-]*[^\S\n]*\n?(.*?)(?:```|\Z)", re.DOTALL)
_LONGEST = 1_000_000  # characters; a reply beyond it is no plan
_MOST_FAULTS = 5
_NAMES = frozenset({"const", "enum"})


class NotInForm(ValueError):
    """A reply that is not what the schema says; its text tells the model what to mend."""


def visible(text: str) -> str:
    """A reply without the thinking that some models write before it."""
    for thinking in (_THINKING, _THOUGHT):
        if (found := thinking.match(text)) is not None:
            text = text[found.end() :]
    return text.strip()


def read_json(text: str, schema: Mapping[str, Any], *, cut: bool = False) -> Any:
    """The JSON value of a reply that keeps a schema.

    Args:
        text: the reply; thinking before it and a fence around it are taken off, and nothing else.
        schema: JSON Schema.
        cut: whether the reply was cut off at its limit of tokens.

    Raises:
        NotInForm: it is not JSON, or does not keep the schema; the message says where.
    """
    bare = visible(text)
    if len(bare) > _LONGEST:
        raise NotInForm(f"it has {len(bare)} characters; {_LONGEST} are the most")
    if (fenced := _FENCE.fullmatch(bare)) is not None:
        bare = fenced.group(1).strip()
    try:
        value = json.loads(bare, object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_finite)
        faults = _faults(value, schema)
        json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        where = "it was cut off at its limit of tokens" if cut else f"{error.msg} at character {error.pos}"
        raise NotInForm(f"it is not JSON: {where}") from None
    except RecursionError:
        raise NotInForm("it is nested too deeply") from None
    except UnicodeEncodeError:
        raise NotInForm("it spells half a character, such as \\ud800") from None
    except ValueError as error:  # NotInForm too; else a whole number of thousands of digits
        raise error if isinstance(error, NotInForm) else NotInForm(f"a number cannot be read: {error}") from None
    if cut and not isinstance(value, dict | list):
        raise NotInForm("it was cut off at its limit of tokens")
    if faults:
        raise NotInForm("; ".join(faults))
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise NotInForm(f"{next(name for name in names if names.count(name) > 1)!r} stands twice in one object")
    return found


def _finite(text: str) -> float:
    if not math.isfinite(number := float(text)):
        raise NotInForm(f"{text[:40]} is too large for a number")
    return number


def _no_constant(text: str) -> float:
    raise NotInForm(f"{text} is no number of JSON")


def _faults(value: Any, schema: Mapping[str, Any]) -> list[str]:
    found = sorted(
        _validator(json.dumps(schema, sort_keys=True)).iter_errors(value), key=lambda one: list(map(str, one.path))
    )
    return [f"{one.json_path}: {_said(one)}" for one in found[:_MOST_FAULTS]]


def _said(error: Any) -> str:
    """A fault in a few words: of alternatives, that of the one that was meant, and where it lies."""
    meant = error
    while meant.context:
        ways: dict[Any, list[Any]] = {}
        for one in meant.context:
            ways.setdefault(one.schema_path[0], []).append(one)
        # A name that fits is what tells alternatives apart; then the fewest faults.
        meant = min(ways.values(), key=lambda way: (any(one.validator in _NAMES for one in way), len(way)))[0]
    text = meant.message if meant is error else f"at {meant.json_path}, {meant.message}"
    return text if len(text) <= 300 else f"{text[:300]}…"


@lru_cache(maxsize=64)
def _validator(schema: str) -> Any:
    try:
        from jsonschema import Draft202012Validator
    except ImportError as error:
        raise MissingLibrary(
            "jsonschema reads the replies of models and is not installed: pip install 'collegia[models]'"
        ) from error
    return Draft202012Validator(json.loads(schema))
