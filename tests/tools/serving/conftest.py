"""Little engines in this process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("aiohttp", reason="serving needs collegia[models]")

from aiohttp import web
from little_engine import LittleEngine

from collegia.settings import Serving

NAMES = ("oil", "gas", "steam", "brine", "air")


@pytest.fixture
async def start() -> AsyncIterator[Callable[..., Awaitable[LittleEngine]]]:
    """Start a little engine; all end with the test."""
    runners: list[web.AppRunner] = []

    async def started(**stated: Any) -> LittleEngine:
        engine = LittleEngine(**stated)
        runner = web.AppRunner(engine.application(), shutdown_timeout=0.1)
        await runner.setup()
        runners.append(runner)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        engine.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return engine

    yield started
    for runner in runners:
        await runner.cleanup()


@pytest.fixture
def attached(tmp_path: Path) -> Callable[..., Serving]:
    """Settings that attach to engines, with adapters of rank 8."""

    def made(*engines: LittleEngine | str, places: int = 2, **more: Any) -> Serving:
        urls = tuple(one if isinstance(one, str) else one.url for one in engines)
        adapters = tuple((name, str(adapter(tmp_path / name, 8))) for name in NAMES)
        return Serving(endpoints=urls, max_loras=places, max_lora_rank=8, **{"adapters": adapters, **more})

    return made


def adapter(folder: Path, rank: int, pattern: str = "{}") -> Path:
    """The folder of an adapter, as far as serving reads it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "adapter_config.json").write_text(f'{{"r": {rank}, "rank_pattern": {pattern}}}')
    return folder
