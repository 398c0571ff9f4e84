"""How an engine is started: its command, its environment, and what can be told to be wrong before it is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from collegia.errors import UsageError
from collegia.settings import Serving
from collegia.tools.serving.adapters import catalog

__all__ = ["command_of", "environment_of"]

_QUIET = {
    "DO_NOT_TRACK": "1",
    "VLLM_NO_USAGE_STATS": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "VLLM_ALLOW_RUNTIME_LORA_UPDATING": "True",
}


def command_of(serving: Serving) -> list[str]:
    """The command that starts the engine: vLLM's server for the model, with as many adapters as may be loaded.

    Raises:
        UsageError: a setting is missing or cannot be used; the message names it.
        ServingError: an adapter is too large, or cannot be read.
    """
    if serving.endpoints:
        raise UsageError(
            "serving.endpoints names running engines, so there is none to start; take it out of the settings to"
            " start one here"
        )
    if not serving.model:
        raise UsageError("serving.model is not set; give the path of the base model")
    if not 0 < serving.port < 65536:
        raise UsageError(f"serving.port is {serving.port}; give one from 1 to 65535")
    if serving.max_loras < 0:
        raise UsageError(f"serving.max_loras is {serving.max_loras}; give 0 or more")
    flags = ["--model", serving.model, "--served-model-name", serving.served_name, "--host", serving.host]
    flags += ["--port", str(serving.port), "--dtype", serving.dtype]
    if serving.context:
        flags += ["--max-model-len", str(serving.context)]
    return [*_program(serving), *flags, *_adapters(serving), *serving.extra]


def environment_of(serving: Serving, environ: Mapping[str, str]) -> dict[str, str]:
    """The variables of the engine's process: nothing is reported or downloaded, unless the settings say otherwise."""
    return {**environ, **_QUIET, **dict(serving.environment)}


def _program(serving: Serving) -> list[str]:
    if serving.command:
        _find(serving.command[0], "serving.command")
        return list(serving.command)
    if not serving.python:
        raise UsageError(
            "serving.python is not set; give the interpreter of an environment in which vLLM is installed,"
            " or serving.command for a container"
        )
    python = str(Path(serving.python).expanduser())
    _find(python, "serving.python")
    return [python, "-m", "vllm.entrypoints.openai.api_server"]


def _find(program: str, setting: str) -> None:
    if shutil.which(program) is None:
        raise UsageError(f"{setting} is {program!r}, which is no program that can be run")


def _adapters(serving: Serving) -> list[str]:
    known = catalog(serving)
    for adapter in known.values():
        adapter.check(serving)
    if not known or not serving.max_loras:
        return []
    flags = ["--enable-lora", "--max-loras", str(serving.max_loras), "--max-lora-rank", str(serving.max_lora_rank)]
    first = [json.dumps({"name": one.name, "path": one.path}) for one in known.values()]
    return [*flags, "--lora-modules", *first[: serving.max_loras]]
