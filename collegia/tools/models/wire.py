"""Bodies, events and error texts as OpenAI-compatible servers write them; each is read as if it were wrong."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

from collegia.errors import ModelRefused

__all__ = ["beginning", "decoded", "events", "form_of", "message_of", "reply_of", "short", "usage_of", "whole"]

_MOST_BYTES = 32 << 20  # of one reply


async def beginning(response: Any, most: int) -> bytes:
    """The first bytes of a body: `most`, or all of it."""
    found = bytearray()
    async for part in response.content.iter_any():
        found += part
        if len(found) >= most:
            break
    return bytes(found[:most])


async def whole(response: Any, label: str) -> bytes:
    """All of a body.

    Raises:
        ModelRefused: it is absurdly long.
    """
    found = await beginning(response, _MOST_BYTES + 1)
    if len(found) > _MOST_BYTES:
        raise ModelRefused(f"{label} sent a reply of more than {_MOST_BYTES} bytes")
    return found


async def events(response: Any, label: str) -> AsyncIterator[dict[str, Any] | None]:
    """The events of a stream, each decoded; None for the one that ends it.

    Raises:
        ModelRefused: an event is an error, or none of a model's, or there are absurdly many.
    """
    async for line in _lines(response, label):
        if not line.startswith(b"data:"):
            continue  # a comment, or the name of an event
        data = line.removeprefix(b"data:").strip()
        if data == b"[DONE]":
            yield None
            return
        event = decoded(data, label)
        if not isinstance(event, dict):
            raise ModelRefused(f"{label} sent an event that is none of a model's: {short(event)}")
        if event.get("error"):
            raise ModelRefused(f"{label} broke off: {message_of(data)}")
        yield event


async def _lines(response: Any, label: str) -> AsyncIterator[bytes]:
    """The lines of a body, wherever its parts were cut; aiohttp's own reader refuses long ones."""
    held, size = bytearray(), 0
    async for part in response.content.iter_any():
        size += len(part)
        if size > _MOST_BYTES:
            raise ModelRefused(f"{label} sent a reply of more than {_MOST_BYTES} bytes")
        held += part
        if b"\n" in part:
            *lines, rest = bytes(held).split(b"\n")
            held = bytearray(rest)
            for line in lines:
                yield line.strip()
    yield bytes(held).strip()


def decoded(raw: bytes, label: str) -> Any:
    """The value of a JSON text.

    Raises:
        ModelRefused: it is none.
    """
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise ModelRefused(f"what answers for {label} is no language model: {short(raw[:1000])}") from None


def reply_of(said: Any, label: str, part: str = "message") -> tuple[str, str]:
    """The text of a reply, or of a piece of one ("delta"), and why it ended; empty where it did not.

    Raises:
        ModelRefused: it has none where one belongs.
    """
    try:
        choice = said["choices"][0]
        text = (choice[part] if part == "message" else choice.get(part) or {}).get("content")
        finish = choice.get("finish_reason")
    except (KeyError, IndexError, TypeError, AttributeError):
        text, finish = 0, None
    if not isinstance(text, str | None) or not isinstance(finish, str | None):
        raise ModelRefused(f"{label} sent a reply without a text: {message_of(json.dumps(said).encode())}")
    return text or "", finish or ""


def usage_of(said: Any) -> tuple[int, int] | None:
    """How many tokens were read and written, by the server's count; None where it does not say."""
    if not isinstance(said, dict):
        return None
    read, written = said.get("prompt_tokens"), said.get("completion_tokens") or 0
    if not isinstance(read, int) or not isinstance(written, int) or read <= 0 or written < 0:
        return None
    return read, written


def form_of(provider: str, schema: Any) -> dict[str, Any]:
    """How a server is told the form of its reply; llama.cpp's own server knows it by another name."""
    if provider in {"llamacpp", "llama_cpp"}:
        return {"type": "json_object", "schema": schema}
    return {"type": "json_schema", "json_schema": {"name": "reply", "schema": schema, "strict": True}}


def message_of(raw: bytes) -> str:
    """What a server says is wrong, whichever of the usual shapes it has."""
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        return short(raw)
    error = (said.get("error") or said.get("detail") or said) if isinstance(said, dict) else said
    return short(error.get("message") or error if isinstance(error, dict) else error)


def short(said: object) -> str:
    """A text on one line, cut where it is long."""
    text = " ".join((said.decode(errors="replace") if isinstance(said, bytes) else str(said)).split())
    return (text if len(text) <= 300 else f"{text[:300]}…") or "nothing"
