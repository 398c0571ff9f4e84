"""A store with a few documents, and a Chroma server on loopback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from vector_documents import documents

from collegia.knowledge.store import KnowledgeStore
from collegia.knowledge.vectors.vectors import Vectors, open_vectors
from collegia.settings import Settings


@pytest.fixture
def store(home: Path) -> Iterator[KnowledgeStore]:
    made = KnowledgeStore(home / "knowledge" / "store.db")
    made.add(documents())
    yield made
    made.close()


@pytest.fixture
def vectors(store: KnowledgeStore) -> Iterator[Callable[..., Vectors]]:
    """Opens the store's vectors by settings as the environment has them; all are closed at the end."""
    opened = []

    def make(embedding: str = "hash:256", **more: str) -> Vectors:
        environ = {"COLLEGIA_EMBEDDING": embedding, **{f"COLLEGIA_{name}": value for name, value in more.items()}}
        opened.append(open_vectors(store, Settings.load(environ, home=store.path.parent.parent), environ))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a Chroma server that is up."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("server")
    program = "from chromadb.cli.cli import app; app()"
    arguments = ["run", "--path", str(folder / "data"), "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-c", program, *arguments],
            stdout=log,
            stderr=log,
            env={**os.environ, "ANONYMIZED_TELEMETRY": "False"},
        )
        try:
            deadline = time.monotonic() + 60
            while True:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                assert server.poll() is None, (folder / "log").read_text()
                assert time.monotonic() < deadline, (folder / "log").read_text()
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)
