"""A server on loopback, and clients of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

pytest.importorskip("aiohttp", reason="the clients of models need collegia[models]")

from collegia.settings import ModelSettings
from collegia.tools.models import Message, Request
from collegia.tools.models.direct import DirectModel
from tests.tools.models.server import Server, running

SCHEMA = {
    "type": "object",
    "properties": {"n": {"type": "integer"}},
    "required": ["n"],
    "additionalProperties": False,
}


def request(text: str = "hi", **more: Any) -> Request:
    return Request((Message("system", "Be brief."), Message("user", text)), **more)


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as one:
        yield one


@pytest.fixture
def direct(server: Server) -> Callable[..., DirectModel]:
    """A client of the server; its connections end with the loop."""

    def make(**more: Any) -> DirectModel:
        return DirectModel(ModelSettings("hosted_vllm/tiny", server.url, **more), "small")

    return make
