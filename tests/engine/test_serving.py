"""`collegia serve` and the fleet on a real vLLM."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from collegia.errors import ModelUnreachable, ServingError
from collegia.settings import Serving, Settings
from collegia.tools.serving import Fleet
from collegia.tools.serving.record import Process, read_record
from tests.engine.conftest import ON_CPU, QUIET, Engine, free_port

pytestmark = pytest.mark.engine

PLACES = 2


def attached(engine: Engine, *names: str) -> Serving:
    """Settings that attach to the session's own engine, with adapters called as here, `lora-c` from a's folder."""
    folders = {"lora-c": "lora-a"}
    adapters = tuple((name, str(engine.folder / folders.get(name, name))) for name in names)
    return Serving(endpoints=(engine.url,), max_loras=PLACES, max_lora_rank=8, adapters=adapters)


async def ask(fleet: Fleet, adapter: str | None) -> str:
    body = {"messages": [{"role": "user", "content": "What is a plan?"}], "max_tokens": 24, "temperature": 0}
    async with (
        fleet.ready(adapter) as place,
        aiohttp.ClientSession() as session,
        session.post(f"{place.api_base}/chat/completions", json={"model": place.model, **body}) as reply,
    ):
        assert reply.status == 200, await reply.text()
        return str((await reply.json())["choices"][0]["message"]["content"])


async def test_adapters_are_loaded_and_evicted_at_run_time_and_each_answers_as_itself(engine: Engine) -> None:
    serving = attached(engine, "lora-a", "lora-b", "lora-c")
    async with Fleet(serving) as fleet:
        alone = {name: await ask(fleet, name) for name in ("lora-a", "lora-b", "lora-c")}
        assert alone["lora-a"] == alone["lora-c"] != alone["lora-b"]
        (status,) = await fleet.status()
        assert status.adapters == ("lora-b", "lora-c"), "the least recently used one made room"
        names = ["lora-a", "lora-b", "lora-c", None] * 6
        together = await asyncio.gather(*(ask(fleet, name) for name in names))
        assert all(said == alone[name] for name, said in zip(names, together, strict=True) if name)
        (status,) = await fleet.status()
    assert (status.healthy, status.model, status.load.running, status.load.waiting) == (True, "base", 0, 0)
    assert len(status.adapters or ()) == PLACES
    assert fleet.figures.calls == 3 + 18
    assert 1 <= fleet.figures.switches <= 4, "calls of one adapter go together"
    assert fleet.figures.consistency == 1.0


async def test_an_adapter_that_a_call_uses_is_seen_in_the_engines_metrics_and_stays(engine: Engine) -> None:
    serving = attached(engine, "lora-a", "lora-b", "lora-c")
    long = {"messages": [{"role": "user", "content": "Go on."}], "max_tokens": 1500, "ignore_eos": True}
    async with Fleet(serving) as fleet, aiohttp.ClientSession() as session:
        for name in ("lora-a", "lora-b"):  # a is the one that would go
            await ask(fleet, name)
        other = asyncio.create_task(
            session.post(f"{engine.url}/v1/chat/completions", json={"model": "lora-a", **long}).__aenter__()
        )
        while "lora-a" not in (await fleet.status())[0].load.busy:
            assert not other.done()
            await asyncio.sleep(0.02)
        await ask(fleet, "lora-c")
        (status,) = await fleet.status()
        assert set(status.adapters or ()) == {"lora-a", "lora-c"}
        assert (await other).status == 200


async def test_a_removed_adapter_and_one_that_does_not_fit_are_typed_errors(engine: Engine) -> None:
    serving = attached(engine, "lora-a", "lora-b", "lora-big", "nowhere")
    async with Fleet(serving) as fleet:
        with pytest.raises(ServingError, match="'lora-big' has rank 16"):
            await ask(fleet, "lora-big")
        with pytest.raises(ServingError, match="No adapter found for"):
            await ask(fleet, "nowhere")
        await ask(fleet, "lora-a")
        engine.post("/v1/unload_lora_adapter", {"lora_name": "lora-a"})
        assert engine.chat("lora-a", "What is a plan?")[0] == 404
        before = fleet.figures.consistent
        await ask(fleet, "lora-a")
        assert fleet.figures.consistent == before, "it was thought to be there, and was not"
    async with Fleet(attached(engine)) as fleet:
        engine.post("/v1/unload_lora_adapter", {"lora_name": "lora-a"})
        with pytest.raises(ServingError, match="has no adapter 'lora-a'"):
            await ask(fleet, "lora-a")


@pytest.fixture
def served(engine_python: str, tiny: Path, home: Path) -> Iterator[Settings]:
    """Settings for an engine of its own; what runs in the end is stopped."""
    home.mkdir()
    extra = ["--max-num-seqs", "8", "--enforce-eager"]
    lines = [
        "[serving]", f'python = "{engine_python}"', f'model = "{tiny / "model"}"', f"port = {free_port()}",
        f"max_loras = {PLACES}", "max_lora_rank = 8", 'dtype = "float32"', "context = 2048", f"extra = {extra}",
        "[serving.adapters]", *(f'{name} = "{tiny / folder}"' for name, folder in (
            ("lora-a", "lora-a"), ("lora-b", "lora-b"), ("lora-c", "lora-a"))),
        "[serving.environment]", *(f'{name} = "{value}"' for name, value in {**QUIET, **ON_CPU}.items()),
    ]  # fmt: skip
    (home / "collegia.toml").write_text("\n".join(lines))
    yield Settings.load()
    serve("down")


def serve(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "collegia", "serve", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def status() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(serve("status", "-o", "json").stdout)
    return told


def processes_of(group: int) -> list[int]:
    """All processes of the group that an engine leads."""
    found = []
    for one in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, its, *_ = one.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(its) == group and state != "Z":
            found.append(int(one.parent.name))
    return found


async def test_a_served_engine_is_used_killed_started_again_and_stopped_without_a_trace(served: Settings) -> None:
    up = await asyncio.to_thread(serve, "up")
    assert up.returncode == 0, up.stderr
    assert up.stdout == f"http://127.0.0.1:{served.serving.port}\n"
    assert status()["engines"][0]["adapters"] == ["lora-a", "lora-b"]
    async with Fleet(served.serving, served.home) as fleet:
        assert fleet.prefetch("lora-c")
        said = await ask(fleet, "lora-c")
        assert status()["engines"][0]["adapters"] == ["lora-b", "lora-c"]
        record = read_record(served.home / "serving")
        assert record is not None
        assert record.engine is not None
        assert len(processes_of(record.engine.pid)) >= 3
        await asyncio.to_thread(kill, record.engine)
        with pytest.raises(ModelUnreachable, match="cannot be reached"):
            await ask(fleet, "lora-c")
        await asyncio.to_thread(wait_for_restart)
        assert processes_of(record.engine.pid) == [], "what the killed engine left is gone"
        assert await ask(fleet, "lora-c") == said, "the adapter was loaded again"
    assert status()["figures"]["loads"] == 2
    record = read_record(served.home / "serving")
    assert record is not None
    assert record.engine is not None
    down = await asyncio.to_thread(serve, "down")
    assert (down.returncode, down.stderr) == (0, "the engine is stopped\n")
    assert processes_of(record.engine.pid) == []
    assert not record.watcher.is_alive()
    assert serve("status").returncode == 1


def kill(process: Process) -> None:
    os.kill(process.pid, signal.SIGKILL)
    while process.is_alive():
        time.sleep(0.01)


def wait_for_restart() -> None:
    end = time.monotonic() + 200
    while not (status()["watched"]["restarts"] and status()["engines"][0]["healthy"]):
        assert time.monotonic() < end
        time.sleep(0.5)
