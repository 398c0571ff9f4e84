"""What `collegia serve up` needs: an interpreter with vLLM in it. And whether the engines answer."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from collegia.errors import CollegiaError
from collegia.health import Finding, fault, ok, quoted
from collegia.settings import Serving
from collegia.tools.reaching import Door
from collegia.tools.serving.engine import command_of
from collegia.tools.serving.fleet import addresses

__all__ = ["engine_doors", "look_at_serving"]

_FOUND = "import importlib.util, sys; sys.exit(importlib.util.find_spec('vllm') is None)"
_PATIENCE = 10.0  # seconds for an interpreter to start


def look_at_serving(serving: Serving) -> list[Finding]:
    """Whether an engine could be started with these settings; nothing where none is meant to be."""
    if serving.endpoints or not _is_set(serving):
        return []
    if serving.python and not serving.command and (lacking := _lacking(str(Path(serving.python).expanduser()))):
        return [lacking]
    try:
        command = command_of(serving)
    except CollegiaError as error:
        return [fault("serving", str(error), '${EDITOR:-vi} "$(collegia config path)"')]
    return [ok("serving", f"{command[0]} can start an engine with {serving.model}")]


def engine_doors(serving: Serving) -> Iterator[Door]:
    """The engines: those that are attached must answer, the one that we start may wait for its start."""
    if serving.endpoints or _is_set(serving):
        for address in addresses(serving):
            start = "collegia serve up"
            if serving.endpoints:
                start = 'start it, or take it out of serving.endpoints: ${EDITOR:-vi} "$(collegia config path)"'
            yield Door("engine", f"{address.rstrip('/')}/health", start, needed=bool(serving.endpoints))


def _is_set(serving: Serving) -> bool:
    return bool(serving.model or serving.python or serving.command)


def _lacking(python: str) -> Finding | None:
    """What the interpreter lacks; it is started and looks for vLLM without importing it, which takes long."""
    environment = Path(python).parent.parent
    try:
        done = subprocess.run(  # noqa: S603  # the interpreter that the settings name, which `serve up` would run
            [python, "-c", _FOUND], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            timeout=_PATIENCE, check=False,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        made = f"python3 -m venv {quoted(environment)} && {quoted(python)} -m pip install vllm"
        why = getattr(error, "strerror", None) or str(error)
        return fault("serving", f"serving.python is {python}, which cannot be run: {why}", made)
    if done.returncode:
        return fault("serving", f"{python} has no vLLM", f"{quoted(python)} -m pip install vllm")
    return None
