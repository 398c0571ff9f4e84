"""The writer's words come as events while it writes: as a draft, in few pieces, and at last as the checked answer."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest

from collegia.agents.assistant import Assistant
from collegia.agents.modelled.hearing import heard_out
from collegia.agents.store import RunStore
from collegia.errors import ModelRefused
from collegia.events import Event, ModelCalled, RunFinished, WordsWritten
from collegia.settings import ExpertSettings, Settings
from collegia.tools.models import Completion, Message, Request, ScriptedModel
from collegia.tools.registry import Registry

QUESTION = "How long is the Nile?"
REPLY = "The Nile is 6650 km long."
DRAFT = "The Nile is 6650 km long and 3 km wide."
EXPERTS = {"rivers": ExpertSettings(purpose="Knows rivers.", examples=(QUESTION,))}


class Slow(ScriptedModel):
    """Writes a word at a time, each after a while."""

    pause = 0.0
    before = ""

    async def stream(self, request: Request) -> AsyncGenerator[str | Completion, None]:
        done = await self.complete(request)
        for piece in re.findall(r"\s*\S+", self.before + done.text):
            await asyncio.sleep(self.pause)
            yield piece
        yield done


class Whole(ScriptedModel):
    """Behind a server that does not stream."""

    async def stream(self, request: Request) -> AsyncGenerator[str | Completion, None]:
        raise ModelRefused("it does not stream")
        yield ""


def script(request: Request) -> Any:
    if request.schema is not None:
        return {"steps": [{"id": "w1", "expert": "rivers", "question": QUESTION, "after": []}]}
    if "You check results" in request.messages[0].text:
        return "ok"
    return DRAFT if "Results:" in request.messages[-1].text else REPLY


def assistant(home: Path, model: ScriptedModel, store: RunStore | None = None) -> Assistant:
    settings = Settings.load({}, home=home, model="a/b", experts=EXPERTS)
    return Assistant(Registry(), settings=settings, store=store or RunStore.in_memory(), models={"default": model})


def words(events: list[Event]) -> list[WordsWritten]:
    return [event for event in events if isinstance(event, WordsWritten)]


async def test_a_draft_grows_and_the_last_words_are_those_of_the_checked_result(home: Path) -> None:
    model = Slow(script)
    model.pause = 0.02
    made = assistant(home, model)
    events = [event async for event in made.stream(QUESTION)]
    *drafts, last = words(events)
    assert len(drafts) > 1
    assert all(DRAFT.startswith(one.text) and not one.checked for one in drafts)
    assert drafts[-1].text == DRAFT
    result = made.result(events[0].run_id)
    assert result is not None
    assert (last.checked, last.text) == (True, result.answer_text)
    assert "[?3 km]" in last.text
    assert isinstance(events[-1], RunFinished)


async def test_words_are_told_and_not_stored_and_leave_no_gap(home: Path) -> None:
    made = assistant(home, Slow(script))
    heard: list[Event] = []
    result = await made.ask(QUESTION, on_event=heard.append)
    assert words(heard)
    stored = list(made.events(result.run_id))
    assert stored == [event for event in heard if not isinstance(event, WordsWritten)]
    assert [event.seq for event in stored] == list(range(len(stored)))


async def test_where_nobody_listens_nothing_is_streamed(home: Path) -> None:
    class Unheard(ScriptedModel):
        async def stream(self, request: Request) -> AsyncGenerator[str | Completion, None]:
            raise AssertionError("nobody listens")
            yield ""

    result = await assistant(home, Unheard(script)).ask(QUESTION)
    assert result.status == "answered"


async def test_there_are_at_most_twenty_texts_a_second_and_none_is_late() -> None:
    model = Slow(["word " * 200])
    model.pause = 0.001
    heard: list[tuple[float, str]] = []
    loop = asyncio.get_running_loop()
    began = loop.time()
    request = Request((Message("user", "?"),))
    await heard_out(model, request, "writer", lambda text: heard.append((loop.time(), text)))
    assert len(heard) <= 2 + (loop.time() - began) / 0.05
    assert heard[0][0] - began < 0.05  # the first is not waited for
    assert heard[-1][1] == ("word " * 200).strip()


async def test_thinking_is_no_part_of_the_words() -> None:
    model = Slow(["It is."])
    model.before, model.pause = "<think> 3 km? No. </think> ", 0.06
    heard: list[str] = []
    await heard_out(model, Request((Message("user", "?"),)), "writer", heard.append)
    assert heard == ["It", "It is."]


async def test_a_server_that_does_not_stream_is_asked_for_the_whole(home: Path) -> None:
    made = assistant(home, Whole(script))
    heard: list[Event] = []
    result = await made.ask(QUESTION, on_event=heard.append)
    assert "6650 km" in result.answer_text
    assert words(heard) == []


@pytest.mark.parametrize("after", [1, 4])
async def test_what_had_come_when_a_run_is_cancelled_is_kept_as_an_unchecked_draft(home: Path, after: int) -> None:
    store = RunStore.in_memory()
    model = Slow(script)
    model.pause = 0.06
    made = assistant(home, model, store)
    stream = made.stream(QUESTION)
    seen: list[str] = []
    async for event in stream:
        if isinstance(event, WordsWritten):
            seen.append(event.text)
            if len(seen) == after:
                break
    await stream.aclose()  # type: ignore[attr-defined]  # an async generator, told as what it is to the caller
    (record,) = made.runs()
    result = made.result(record.run_id)
    assert result is not None
    assert result.status == "cancelled"
    (warning,) = result.warnings
    assert warning.startswith(f"unchecked draft of the writer's model, its numbers are not traced: {seen[-1]}")
    assert DRAFT not in result.answer_text
    called = [event for event in made.events(record.run_id) if isinstance(event, ModelCalled)][-1]
    assert (called.role, called.error) == ("writer", "cancelled")
    assert called.reply.startswith(seen[-1])
