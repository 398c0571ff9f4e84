"""What the engine is started with."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from collegia.errors import ServingError, UsageError
from collegia.settings import Serving
from collegia.tools.serving.engine import command_of, environment_of
from collegia.tools.serving.fleet import addresses
from tests.tools.serving.conftest import adapter

PLAIN = Serving(python=sys.executable, model="/models/small")


def test_the_engine_is_a_module_of_the_interpreter_that_the_settings_name() -> None:
    assert command_of(PLAIN) == [
        sys.executable, "-m", "vllm.entrypoints.openai.api_server", "--model", "/models/small",
        "--served-model-name", "base", "--host", "127.0.0.1", "--port", "8100", "--dtype", "auto",
    ]  # fmt: skip


def test_a_container_takes_the_same_flags_and_further_ones_come_last() -> None:
    made = command_of(replace(PLAIN, python="", command=("env", "box", "run"), context=4096, extra=("--swap", "0")))
    assert made[:4] == ["env", "box", "run", "--model"]
    assert made[-4:] == ["--max-model-len", "4096", "--swap", "0"]


def test_as_many_adapters_as_fit_are_loaded_from_the_start(tmp_path: Path) -> None:
    known = tuple((name, str(adapter(tmp_path / name, 8))) for name in ("oil", "gas", "steam"))
    made = command_of(replace(PLAIN, adapters=known, max_loras=2, max_lora_rank=8))
    flags = made[made.index("--enable-lora") :]
    assert flags[:6] == ["--enable-lora", "--max-loras", "2", "--max-lora-rank", "8", "--lora-modules"]
    assert [json.loads(one) for one in flags[6:]] == [{"name": name, "path": path} for name, path in known[:2]]


def test_no_adapters_are_spoken_of_where_there_are_none_or_none_may_be_loaded(tmp_path: Path) -> None:
    one = (("oil", str(adapter(tmp_path / "oil", 8))),)
    assert "--enable-lora" not in command_of(PLAIN)
    assert "--enable-lora" not in command_of(replace(PLAIN, adapters=one, max_loras=0))


def test_nothing_is_reported_or_downloaded_unless_the_settings_say_so() -> None:
    made = environment_of(
        replace(PLAIN, environment=(("HF_HUB_OFFLINE", "0"), ("OMP_NUM_THREADS", "2"))), {"HOME": "/h"}
    )
    assert made["DO_NOT_TRACK"] == made["VLLM_NO_USAGE_STATS"] == made["TRANSFORMERS_OFFLINE"] == "1"
    assert (made["HF_HUB_OFFLINE"], made["OMP_NUM_THREADS"], made["HOME"]) == ("0", "2", "/h")


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"model": ""}, "serving.model is not set"),
        ({"python": ""}, "serving.python is not set"),
        ({"python": "/no/such/python"}, "serving.python is '/no/such/python'"),
        ({"command": ("no-such-program",)}, "serving.command is 'no-such-program'"),
        ({"port": 0}, "serving.port is 0"),
        ({"max_loras": -1}, "serving.max_loras is -1"),
        ({"endpoints": ("http://127.0.0.1:1",)}, "serving.endpoints names running engines"),
    ],
)
def test_what_is_missing_or_cannot_be_used_is_named_before_anything_starts(changed: dict[str, Any], named: str) -> None:
    with pytest.raises(UsageError, match=named):
        command_of(replace(PLAIN, **changed))


@pytest.mark.parametrize("rank", [9, 64])
def test_an_adapter_that_cannot_fit_is_refused_before_anything_starts(tmp_path: Path, rank: int) -> None:
    with pytest.raises(ServingError, match=f"rank {rank}"):
        command_of(replace(PLAIN, adapters=(("big", str(adapter(tmp_path / "big", rank))),), max_lora_rank=8))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"r": "many"}', '{"r": null}', '{"r": 8, "rank_pattern": [1]}'])
def test_an_adapter_without_a_rank_that_can_be_read_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "adapter_config.json").write_text(text)
    with pytest.raises(ServingError, match="'odd' has no rank that can be read"):
        command_of(replace(PLAIN, adapters=(("odd", str(tmp_path)),)))


def test_a_folder_that_only_the_engine_sees_is_left_to_it() -> None:
    made = command_of(replace(PLAIN, adapters=(("far", "/within/the/container"),)))
    assert json.loads(made[-1]) == {"name": "far", "path": "/within/the/container"}


@pytest.mark.parametrize(
    ("host", "url"),
    [("127.0.0.1", "http://127.0.0.1:8100"), ("0.0.0.0", "http://127.0.0.1:8100"), ("::", "http://[::1]:8100")],  # noqa: S104  # what it listens at
)
def test_an_engine_that_listens_everywhere_is_asked_at_this_machine(host: str, url: str) -> None:
    assert addresses(replace(PLAIN, host=host)) == (url,)
