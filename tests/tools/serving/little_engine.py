"""A little server that speaks the routes of vLLM which serving uses: in a test, or as a program with vLLM's flags."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass
class LittleEngine:
    """What it holds, what it was asked, and what went wrong: a call to an adapter that was not there, one too many."""

    loaded: dict[str, str] = field(default_factory=dict)
    places: int = 2
    missing: tuple[str, ...] = ()  # folders it can't find
    takes: float = 0.0  # seconds for a call
    loading: float = 0.0  # seconds for a load
    busy: tuple[str, ...] = ()  # adapters that calls of other programs use
    healthy: bool = True
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    running: Counter[str] = field(default_factory=Counter)
    url: str = ""

    def application(self) -> web.Application:
        app = web.Application()
        app.add_routes(
            [
                web.get("/health", self.health),
                web.get("/v1/models", self.models),
                web.get("/metrics", self.metrics),
                web.post("/v1/load_lora_adapter", self.load),
                web.post("/v1/unload_lora_adapter", self.unload),
                web.post("/v1/chat/completions", self.chat),
                web.post("/die", self.die),
                web.post("/fall_silent", self.fall_silent),
            ]
        )
        return app

    async def health(self, _: web.Request) -> web.Response:
        return web.Response(status=200 if self.healthy else 503)

    async def models(self, _: web.Request) -> web.Response:
        listed = [{"id": "base", "parent": None}, *({"id": name, "parent": "base"} for name in self.loaded)]
        return web.json_response({"object": "list", "data": listed})

    async def metrics(self, _: web.Request) -> web.Response:
        used = sorted({*self.busy, *(name for name, calls in self.running.items() if calls and name != "base")})
        calls = sum(self.running.values()) + len(self.busy)
        return web.Response(
            text="# TYPE vllm:num_requests_running gauge\n"
            f'vllm:num_requests_running{{engine="0",model_name="base"}} {calls}.0\n'
            'vllm:num_requests_waiting{engine="0",model_name="base"} 0.0\n'
            'vllm:kv_cache_usage_perc{engine="0",model_name="base"} 0.25\n'
            f'vllm:lora_requests_info{{running_lora_adapters="{",".join(used)}",waiting_lora_adapters=""}} 1.7e+09\n'
        )

    async def load(self, request: web.Request) -> web.Response:
        told = await request.json()
        name, path = told["lora_name"], told["lora_path"]
        self.asked.append(f"load {name}")
        await asyncio.sleep(self.loading)
        if path in self.missing:
            return refusal(404, f"Loading lora {name} failed: No adapter found for {path}")
        if name in self.loaded:
            return refusal(400, f"The lora adapter '{name}' has already been loaded.")
        self.loaded[name] = path
        if len(self.loaded) > self.places:
            self.wrong.append(f"{len(self.loaded)} adapters are loaded")
        return web.Response(text=f"Success: LoRA adapter '{name}' added successfully.")

    async def unload(self, request: web.Request) -> web.Response:
        name = (await request.json())["lora_name"]
        self.asked.append(f"unload {name}")
        if name not in self.loaded:
            return refusal(404, f"The lora adapter '{name}' cannot be found.")
        if self.running[name]:
            self.wrong.append(f"{name} is unloaded while a call uses it")
        del self.loaded[name]
        return web.Response(text="Success")

    async def chat(self, request: web.Request) -> web.Response:
        model = (await request.json())["model"]
        self.asked.append(f"call {model}")
        if model != "base" and model not in self.loaded:
            self.wrong.append(f"{model} is called and not there")
            return refusal(404, f"The model `{model}` does not exist.")
        self.running[model] += 1
        await asyncio.sleep(self.takes)
        self.running[model] -= 1
        return web.json_response({"choices": [{"message": {"content": model}}]})

    async def die(self, _: web.Request) -> web.Response:
        os.kill(os.getpid(), signal.SIGKILL)
        return web.Response()

    async def fall_silent(self, _: web.Request) -> web.Response:
        self.healthy = False
        return web.Response()


def refusal(status: int, why: str) -> web.Response:
    return web.json_response({"error": {"message": why, "code": status}}, status=status)


def main() -> None:
    """Serve, as `python little_engine.py --port N` and the other flags of vLLM; `--dies` ends it before it answers."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int)
    parser.add_argument("--lora-modules", nargs="*", default=[])
    parser.add_argument("--dies", action="store_true")
    parser.add_argument("--stubborn", action="store_true")
    known, _ = parser.parse_known_args()
    if known.dies:
        sys.exit("ValueError: this model is of no kind that is known")
    engine = LittleEngine({one["name"]: one["path"] for one in map(json.loads, known.lora_modules)})
    asyncio.run(serve(engine, known))


async def serve(engine: LittleEngine, known: Any) -> None:
    runner = web.AppRunner(engine.application())
    await runner.setup()
    await web.TCPSite(runner, known.host, known.port).start()
    # One more process, as an engine has. It outlives an engine that is killed, as theirs do.
    worker = await asyncio.create_subprocess_exec(sys.executable, "-c", "import time; time.sleep(600)")
    print("worker", worker.pid, flush=True)  # noqa: T201  # for the log
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, (lambda: None) if known.stubborn else stop.set)
    await stop.wait()
    await runner.cleanup()
    worker.terminate()
    await worker.wait()


if __name__ == "__main__":
    main()
