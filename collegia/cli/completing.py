"""What a shell completes: values, found within the blink that a Tab may take.

Nothing heavy is imported for them. The names of experts would need every domain: they are kept in the home folder when
experts are listed, and a Tab that finds them old or missing has them listed anew in the background, for the next one.

A shell evaluates what it is given here, and names may be anybody's: one with a character that means something to a
shell is left out, and descriptions lose theirs.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from collegia.settings.reading import config_path, home_path

__all__ = [
    "collections", "documents", "domains", "experts", "keep_experts", "models", "prompts", "runs", "sessions",
]  # fmt: skip

Completed = list[tuple[str, str]]

_GROUP = "collegia.domains"  # as in collegia.tools.registry, which takes too long to import
_MOST = 500  # values; a longer list is one that nobody reads
_DESCRIBED = 25  # values that are described; of more, descriptions take longer than a Tab may
_LONGEST = 60  # characters of a description
_FRESH = 3600.0  # seconds after which experts are listed anew, for a domain's files may have changed
_AGAIN = 30.0  # seconds in which it is not begun twice
_PLAIN = re.compile(r"[\w./][\w./%+,#~-]*")
_COLON = re.compile(r"[\w./][\w./%+,#~:-]*")  # where a colon does not part words
_TELLING = re.compile(r"[^\w\s.,?/°·-]|_{2,}")


def domains(incomplete: str) -> Completed:
    """The installed domains."""
    return _offered(((name, "") for name in sorted(_domains())), incomplete)


def experts(incomplete: str) -> Completed:
    """The experts, as they were when they were last listed."""
    kept = _kept()
    if kept.get("of") != _stamp() or time.time() - float(kept.get("at", 0.0)) > _FRESH:
        _list_anew(kept)
    return _offered(kept.get("experts", {}).items(), incomplete)


def keep_experts(found: Iterable[tuple[str, str]]) -> None:
    """Keep the names and purposes of experts for `experts`; where nothing can be kept, nothing is completed."""
    _keep({"of": _stamp(), "at": time.time(), "experts": dict(sorted(found))})


def runs(incomplete: str) -> Completed:
    """The last runs."""
    from collegia.agents.listing import run_names

    return _offered(run_names(_home(), incomplete, _MOST), incomplete)


def sessions(incomplete: str) -> Completed:
    """The last sessions."""
    from collegia.agents.listing import session_names

    return _offered(session_names(_home(), incomplete, _MOST), incomplete)


def documents(incomplete: str) -> Completed:
    """The documents of the knowledge store."""
    from collegia.knowledge.listing import document_names

    return _offered(document_names(_home(), incomplete, _MOST), incomplete)


def collections(incomplete: str) -> Completed:
    """The groups of documents."""
    from collegia.knowledge.listing import collection_names

    return _offered(collection_names(_home(), incomplete, _MOST), incomplete)


def models(incomplete: str) -> Completed:
    """The language models that are set, as PROVIDER/NAME."""
    found = {one.get("model"): name for name, one in _settings("models").items() if isinstance(one, dict)}
    if named := os.environ.get("COLLEGIA_MODEL", "").strip():
        found.setdefault(named, "default")
    return _offered(((model, name) for model, name in found.items() if isinstance(model, str)), incomplete)


def prompts(incomplete: str) -> Completed:
    """The prompts."""
    from collegia.prompts import NAMES

    return _offered(((name, "") for name in NAMES), incomplete)


def _offered(found: Iterable[tuple[str, str]], incomplete: str) -> Completed:
    shell = os.environ.get("_COLLEGIA_COMPLETE", "")
    safe: Callable[[str], object] = (_PLAIN if shell.endswith("bash") else _COLON).fullmatch
    said = [one for one in found if one[0].startswith(incomplete) and safe(one[0])][:_MOST]
    if len(said) > _DESCRIBED:
        return [(name, "") for name, _ in said]
    return [(name, " ".join(_TELLING.sub(" ", about).split())[:_LONGEST]) for name, about in said]


def _domains() -> dict[str, str]:
    from importlib.metadata import entry_points

    return {point.name: point.value for point in entry_points(group=_GROUP)}


def _settings(group: str) -> dict[str, Any]:
    """A table of the file of settings, read without checking it; empty where it is not there or is none."""
    import tomllib

    try:
        with config_path(os.environ).open("rb") as file:
            found = tomllib.load(file).get(group, {})
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _home() -> Path:
    return home_path(os.environ)


def _stamp() -> str:
    """What the names of experts depend on."""
    try:
        changed = config_path(os.environ).stat().st_mtime_ns
    except OSError:
        changed = 0
    return json.dumps([sorted(_domains().items()), os.environ.get("COLLEGIA_DOMAINS"), changed])


def _kept() -> dict[str, Any]:
    try:
        said = json.loads((_home() / "completion.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    well = isinstance(said, dict) and isinstance(experts := said.get("experts", {}), dict)
    well = well and all(isinstance(said.get(name, 0.0), (int, float)) for name in ("at", "asked"))
    return said if well and all(isinstance(one, str) for one in experts.values()) else {}


def _keep(said: dict[str, Any]) -> None:
    path = _home() / "completion.json"
    written = path.with_name(f"completion-{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        written.write_text(json.dumps(said), encoding="utf-8")
        written.replace(path)
    except OSError:
        return  # a convenience: whoever listed experts has them


def _list_anew(kept: dict[str, Any]) -> None:
    if time.time() - float(kept.get("asked", 0.0)) < _AGAIN:
        return
    _keep({**kept, "asked": time.time()})
    environment = {name: value for name, value in os.environ.items() if name != "_COLLEGIA_COMPLETE"}
    try:
        subprocess.Popen(  # this very program, without anything foreign in its arguments
            [sys.executable, "-m", "collegia", "experts", "list", "--output", "json"], env=environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    except OSError:
        return  # and then there is nothing to complete
