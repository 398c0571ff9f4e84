"""Asking a model: measured before it is sent, counted, and read back in the form that was asked for.

Everything that talks to a model goes through here, so that no call is uncounted and no reply believed unread.
"""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

from collegia.errors import BadReply, ContextTooLong, ModelRefused
from collegia.tools.models.meter import Call, current_meter
from collegia.tools.models.reply import NotInForm, read_json, visible
from collegia.tools.models.types import Completion, Message, Model, Request, Tokens

__all__ = ["Check", "Structured", "ask", "ask_json", "estimated_tokens", "stream"]

Check = Callable[[Any], Awaitable[Sequence[str]]]
"""Says what is wrong with data that keeps its schema."""

_BYTES_A_TOKEN = 3.0  # of plain English under the usual vocabularies it is about 4, of numbers and symbols 2 to 3
_OF_A_MESSAGE = 4  # tokens that mark a message's sender and end
_SHOWN = 2_000  # characters of a faulty reply that go back to its model
_OF_SCHEMAS = ("response_format", "json_schema", "schema", "grammar")  # words of a server that refuses to keep to one


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
    return await _counted(model, request, role, lambda: model.complete(request))


async def stream(model: Model, request: Request, *, role: str, on_text: Callable[[str], None]) -> Completion:
    """One reply in plain text, its pieces handed on as they come. Cancelling it frees the server's slot.

    Raises:
        as `ask` does.
    """
    had: list[str] = []

    async def read() -> Completion:
        async with aclosing(model.stream(request)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Completion):
                    return piece
                had.append(piece)
                on_text(piece)
        raise BadReply(f"{model.label} ended its reply without saying so")

    return await _counted(model, request, role, read, had)


async def ask_json(
    model: Model, request: Request, *, role: str, check: Check | None = None, most_calls: int = 2
) -> Structured:
    """One reply that keeps the request's schema; one that does not is sent back with what is wrong.

    Where the server refuses schemas, the next call says it in words.

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
    in_words = _with_schema(request)
    sent, notes, why = in_words if model.ignores_schemas else request, [], ""
    for calls in range(1, most_calls + 1):
        try:
            reply = await ask(model, sent, role=role)
        except ModelRefused as refused:
            if calls == most_calls or sent.schema is None or not _is_about_schemas(refused):
                raise
            notes.append(f"the schema was refused, and said in words instead: {refused}")
            in_words = sent = replace(in_words, schema=None)
            continue
        try:
            data = read_json(reply.text, request.schema, cut=reply.finish == "length")
            faults = [] if check is None else await check(data)
        except NotInForm as fault:
            faults = [str(fault)]
            # A server that holds its model to a schema writes nothing else, unless it is cut.
            model.ignores_schemas = model.ignores_schemas or reply.finish != "length"
            sent = in_words
        if not faults:
            return Structured(data, reply, tuple(notes))
        why = "; ".join(faults)
        notes.append(f"{model.label} was asked again: {why}")
        sent = replace(sent, messages=(*sent.messages, *_returned(reply, why)))
    raise BadReply(f"{model.label} did not reply in the form it was asked for: {why}")


def _is_about_schemas(refused: ModelRefused) -> bool:
    return any(word in str(refused) for word in _OF_SCHEMAS)


def estimated_tokens(request: Request) -> int:
    """About how many tokens a request has, its reply left out; for servers that cannot count."""
    size = sum(len(one.text.encode()) for one in request.messages)
    return math.ceil(size / _BYTES_A_TOKEN) + _OF_A_MESSAGE * len(request.messages)


async def _most(model: Model, request: Request) -> Tokens:
    """What a call may use at the most.

    Raises:
        ContextTooLong: more than the model can hold.
    """
    needed, held = await model.room(request)
    if held and needed > held:
        raise ContextTooLong(
            f"{model.label} can hold {held} tokens, and this needs about {needed} with room for its reply;"
            " shorten the question, or name a model with a larger context"
        )
    read = min(estimated_tokens(request), needed)
    return Tokens(read, needed - read, await model.price(read, needed - read))


async def _counted(
    model: Model, request: Request, role: str, reply: Callable[[], Awaitable[Completion]], had: Sequence[str] = ()
) -> Completion:
    """The reply to a request that fits the model and the budget; counted, whatever becomes of it.

    `had` fills with what has come of a reply in pieces, and goes into the log where the rest does not come.
    """
    most = await _most(model, request)
    meter = current_meter()
    meter.start(model.label, most)
    label = f"{model.label}#{request.adapter}" if request.adapter else model.label
    began = time.perf_counter()
    try:
        done = await reply()
    except BaseException as error:  # cancelled too: the server has worked, and that counts
        why = "cancelled" if isinstance(error, asyncio.CancelledError) else str(error) or type(error).__name__
        meter.end(Call(role, label, request.messages, "".join(had), Tokens(), time.perf_counter() - began, why), most)
        raise
    # Half a character, which JSON can spell, could neither be stored nor shown.
    if not done.text.isascii():
        done = replace(done, text=done.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    used = done.tokens
    if not used.read:  # the server does not count
        used = Tokens(most.read, math.ceil(len(done.text.encode()) / _BYTES_A_TOKEN))
    meter.end(Call(role, label, request.messages, done.text, used, done.seconds), most)
    return done


def _with_schema(request: Request) -> Request:
    """The request with its schema in words too, for a server that does not hold its model to it."""
    *before, last = request.messages
    form = f"Reply with one JSON object that keeps this schema, and nothing else:\n{json.dumps(request.schema)}"
    return replace(request, messages=(*before, replace(last, text=f"{last.text}\n\n{form}")))


def _returned(reply: Completion, why: str) -> tuple[Message, ...]:
    said = visible(reply.text)[:_SHOWN] or "(no reply)"  # some servers refuse a message without text
    return (Message("assistant", said), Message("user", f"That cannot be used: {why}. Reply again."))
