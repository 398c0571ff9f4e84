"""A small store, and a server on loopback that answers /v1/chat/completions by a script."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from collegia.knowledge.store import KnowledgeStore


@pytest.fixture
def store() -> Iterator[KnowledgeStore]:
    made = KnowledgeStore.in_memory()
    yield made
    made.close()


@dataclass
class ChatServer:
    """The server: what it was asked, and what makes a reply of the text of the last message."""

    url: str = ""
    reply: Callable[[str], Any] = lambda _: {}
    asked: list[dict[str, Any]] = field(default_factory=list)

    def settings(self, **roles: str) -> str:
        """A file of settings with this server as the model `small`, in the given roles."""
        said = "\n".join(f'{role} = "small"' for role in roles)
        return f'[models.small]\nmodel = "openai/tiny"\napi_base = "{self.url}/v1"\nretries = 0\n[roles]\n{said}\n'


@pytest.fixture
def chat() -> Iterator[ChatServer]:
    made = ChatServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            made.asked.append(body)
            said = made.reply(body["messages"][-1]["content"])
            status = said if isinstance(said, int) else 200
            text = said if isinstance(said, str) else json.dumps(said)
            choice = {"message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
            reply = {"choices": [choice], "usage": {"prompt_tokens": 100, "completion_tokens": 10}}
            data = json.dumps(reply if status == 200 else {"error": {"message": "no"}}).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass(frozen=True)
class Done:
    """What a command did."""

    code: int
    out: str
    err: str


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, home: Path) -> Callable[..., Done]:
    """Run `collegia` with these arguments; its home is there."""
    monkeypatch.setenv("COLLEGIA_DOMAINS", "arithmetic")
    home.mkdir()

    def run(*arguments: str | Path) -> Done:
        from collegia.cli.app import app

        done = CliRunner().invoke(app, [str(one) for one in arguments], prog_name="collegia")
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return Done(done.exit_code, done.stdout, done.stderr)

    return run
