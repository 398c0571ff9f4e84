"""A real vLLM on this machine, started once for all tests that are marked `engine`; see install.sh beside this."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
START = 300.0  # seconds; 30 to 60 where the machine has nothing else to do
QUIET = {
    "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "VLLM_NO_USAGE_STATS": "1", "DO_NOT_TRACK": "1",
    "VLLM_HOST_IP": "127.0.0.1",  # or it asks for the way to a host of the network
}  # fmt: skip
ON_CPU = {
    "VLLM_CPU_KVCACHE_SPACE": "1",  # GiB
    "TORCHDYNAMO_DISABLE": "1",  # or the first request for the likelihood of words waits 17 s for a compiler
}
FLAGS = (
    "--dtype", "float32", "--max-model-len", "16384", "--max-num-seqs", "8", "--enforce-eager",
    "--structured-outputs-config", '{"backend":"xgrammar","disable_any_whitespace":true}',
    "--enable-auto-tool-choice", "--tool-call-parser", "hermes", "--tool-strict-level", "parameter",
)  # fmt: skip


@dataclass(frozen=True)
class Engine:
    """A running server: its address without /v1, and the folder with `model`, `lora-a`, `lora-b` and `lora-big`."""

    url: str
    folder: Path

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.url + path, timeout=10) as reply:  # noqa: S310  # our own loopback
            return str(reply.read().decode())

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, str]:
        """The status, whatever it is, and the text of the reply."""
        request = urllib.request.Request(  # noqa: S310  # our own loopback
            self.url + path, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=120) as reply:  # noqa: S310  # the same
                return reply.status, reply.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()

    def chat(self, model: str, question: str, **more: Any) -> tuple[int, dict[str, Any]]:
        body = {"model": model, "messages": [{"role": "user", "content": question}], "max_tokens": 64, **more}
        status, reply = self.post("/v1/chat/completions", {"temperature": 0, **body})
        return status, json.loads(reply)


@pytest.fixture(scope="session")
def engine_python() -> str:
    """The interpreter that has vLLM; tests without one are skipped."""
    python = os.environ.get("COLLEGIA_ENGINE_PYTHON", "")
    if not python:
        pytest.skip(
            "there is no engine: `bash tests/engine/install.sh FOLDER` installs one (4 minutes, 2.5 GB), and"
            " COLLEGIA_ENGINE_PYTHON=FOLDER/bin/python names it"
        )
    return python


@pytest.fixture(scope="session")
def tiny(engine_python: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with `model`, `lora-a`, `lora-b` (rank 8) and `lora-big` (rank 16)."""
    folder = tmp_path_factory.mktemp("tiny")
    subprocess.run([engine_python, HERE / "tiny_model.py", folder], check=True)
    return folder


@pytest.fixture
def engine(running: Engine) -> Engine:
    """A server of the model `base` with `lora-a` and `lora-b` loaded, and no other; two fit, of rank 8 at most."""
    listed = {one["id"]: one["root"] for one in json.loads(running.get("/v1/models"))["data"] if one["parent"]}
    wanted = {name: str(running.folder / name) for name in ("lora-a", "lora-b")}
    for name in listed.keys() - wanted.keys():
        running.post("/v1/unload_lora_adapter", {"lora_name": name})
    for name in wanted.keys() - listed.keys():
        running.post("/v1/load_lora_adapter", {"lora_name": name, "lora_path": wanted[name]})
    return running


@pytest.fixture(scope="session")
def running(engine_python: str, tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """That server, as the tests before left it."""
    log = tmp_path_factory.mktemp("engine") / "log"
    port = free_port()
    command = [
        engine_python, "-m", "vllm.entrypoints.openai.api_server", "--model", str(tiny / "model"),
        "--served-model-name", "base", "--host", "127.0.0.1", "--port", str(port), *FLAGS,
        "--enable-lora", "--max-loras", "2", "--max-lora-rank", "8",
        "--lora-modules", *(f"{name}={tiny / name}" for name in ("lora-a", "lora-b")),
    ]  # fmt: skip
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, env={**os.environ, **QUIET, **ON_CPU, "VLLM_ALLOW_RUNTIME_LORA_UPDATING": "True"},
            stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        found = Engine(f"http://127.0.0.1:{port}", tiny)
        wait_until_healthy(found, process, log)
        yield found
    finally:
        stop(process)


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def wait_until_healthy(engine: Engine, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError):
            engine.get("/health")
            return
        time.sleep(0.25)
    told = "\n".join(log.read_text(errors="replace").splitlines()[-30:])
    pytest.fail(f"the engine did not start (exit code {process.poll()}):\n{told}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the server to end, and then end all that it left."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=15)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
