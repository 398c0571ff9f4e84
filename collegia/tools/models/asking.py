"""Asking a model: measured before it is sent, counted, and read back in the form that was asked for.

Everything that talks to a model goes through here, so that no call is uncounted and no reply believed unread.
"""

from __future__ import annotations

import json
import math
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from collegia.errors import BadReply, ContextTooLong, ModelError
from collegia.tools.models.meter import Call, current_meter
from collegia.tools.models.reply import NotInForm, read_json
from collegia.tools.models.types import Completion, Message, Model, Request, Tokens

__all__ = ["Structured", "ask", "ask_json", "estimated_tokens", "stream"]

Check = Callable[[Any], Awaitable[Sequence[str]]]
"""Says what is wrong with data that keeps its schema."""

_BYTES_A_TOKEN = 3.0  # of plain English under the usual vocabularies it is about 4, of numbers and symbols 2 to 3
_OF_A_MESSAGE = 4  # tokens that mark a message's sender and end
_SHOWN = 2_000  # characters of a faulty reply that go back to its model


@dataclass(frozen=True, slots=True)
class Structured:
    """A reply in form.

    Attributes:
        data: the JSON value, which keeps the schema.
        completion: the reply that it was read from.
        notes: what had to be mended on the way.
    """

    data: Any
    completion: Completion
    notes: tuple[str, ...] = ()


async def ask(model: Model, request: Request, *, role: str) -> Completion:
    """One reply in plain text.

    Raises:
        ContextTooLong: it does not fit the model; nothing was sent.
        BudgetSpent: the run may make no further call.
        ModelError: no reply; see its kinds.
    """
    await _fits(model, request)
    return await _counted(model, request, role, lambda: model.complete(request))


async def stream(model: Model, request: Request, *, role: str, on_text: Callable[[str], None]) -> Completion:
    """One reply in plain text, its pieces handed on as they come. Cancelling it frees the server's slot.

    Raises:
        as `ask` does.
    """

    async def read() -> Completion:
        pieces = model.stream(request)
        try:
            async for piece in pieces:
                if isinstance(piece, Completion):
                    return piece
                on_text(piece)
        finally:
            if isinstance(pieces, AsyncIterator) and hasattr(pieces, "aclose"):
                await pieces.aclose()
        raise BadReply(f"{model.label} ended its reply without saying so")

    await _fits(model, request)
    return await _counted(model, request, role, read)


async def ask_json(
    model: Model, request: Request, *, role: str, check: Check | None = None, most_calls: int = 2
) -> Structured:
    """One reply that keeps the request's schema; one that does not is sent back with what is wrong.

    Args:
        model: who is asked.
        request: with a schema.
        role: for the log of calls.
        check: what else is wrong with the data, in sentences; a reply with faults is sent back as well.
        most_calls: how often the model is asked in all.

    Raises:
        BadReply: the last reply cannot be used either.
        ModelError: no reply; see its kinds.
    """
    if request.schema is None:
        raise ValueError("ask_json needs a request with a schema")
    told = _with_schema(request) if model.ignores_schemas else request
    notes: list[str] = []
    for calls in range(1, most_calls + 1):
        reply = await ask(model, told, role=role)
        try:
            data = read_json(reply.text, request.schema, cut=reply.finish == "length")
        except NotInForm as fault:
            # A server that holds its model to the schema writes nothing else, unless it is cut.
            model.ignores_schemas = model.ignores_schemas or reply.finish != "length"
            told, why = _with_schema(request), str(fault)
        else:
            faults = [] if check is None else await check(data)
            if not faults:
                return Structured(data, reply, tuple(notes))
            why = "; ".join(faults)
        if calls < most_calls:
            notes.append(f"{model.label} was asked again: {why}")
            told = replace(told, messages=(*told.messages, *_returned(reply, why)))
    raise BadReply(f"{model.label} did not reply in the form it was asked for: {why}")


def estimated_tokens(request: Request) -> int:
    """About how many tokens a request has, its reply left out; for servers that cannot count."""
    size = sum(len(one.text.encode()) for one in request.messages)
    return math.ceil(size / _BYTES_A_TOKEN) + _OF_A_MESSAGE * len(request.messages)


async def _fits(model: Model, request: Request) -> None:
    needed, held = await model.room(request)
    if held and needed > held:
        raise ContextTooLong(
            f"{model.label} can hold {held} tokens, and this needs {needed} with room for its reply;"
            " shorten the question, or name a model with a larger context"
        )


async def _counted(model: Model, request: Request, role: str, reply: Callable[[], Awaitable[Completion]]) -> Completion:
    meter = current_meter()
    meter.start(model.label)
    label = f"{model.label}#{request.adapter}" if request.adapter else model.label
    try:
        done = await reply()
    except ModelError as error:
        meter.end(Call(role, label, request.messages, "", Tokens(), 0.0, str(error)))
        raise
    except BaseException:  # cancelled, or a fault of a client: nobody knows what it used
        meter.abandon()
        raise
    meter.end(Call(role, label, request.messages, done.text, done.tokens, done.seconds))
    return done


def _with_schema(request: Request) -> Request:
    """The request with its schema in words too, for a server that does not hold its model to it."""
    *before, last = request.messages
    form = f"Reply with one JSON object that keeps this schema, and nothing else:\n{json.dumps(request.schema)}"
    return replace(request, messages=(*before, replace(last, text=f"{last.text}\n\n{form}")))


def _returned(reply: Completion, why: str) -> tuple[Message, ...]:
    return (Message("assistant", reply.text[:_SHOWN]), Message("user", f"That cannot be used: {why}. Reply again."))
