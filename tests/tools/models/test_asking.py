"""Asking: in form within two calls, counted, and within the budget, whatever runs beside it."""

from __future__ import annotations

import asyncio
import json

import pytest

from collegia.errors import BadReply, BudgetSpent, ContextTooLong, ModelRefused, ModelUnreachable
from collegia.settings import Budget
from collegia.tools.models import Call, Completion, Meter, ScriptedModel, Tokens, ask, ask_json, metered, stream
from tests.tools.models.conftest import SCHEMA, request
from tests.tools.models.server import say, status

ASKED = request(schema=SCHEMA)


async def test_a_reply_in_form_takes_one_call():
    model = ScriptedModel([{"n": 3}])
    said = await ask_json(model, ASKED, role="planner")
    assert (said.data, said.notes) == ({"n": 3}, ())
    assert model.requests == [ASKED]
    assert not model.ignores_schemas


async def test_a_reply_out_of_form_goes_back_once_with_what_is_wrong():
    model = ScriptedModel(["<think>hm</think>It is three.", {"n": 3}])
    said = await ask_json(model, ASKED, role="planner")
    assert said.data == {"n": 3}
    assert said.notes == ("scripted was asked again: it is not JSON: Expecting value at character 0",)
    *_, asked, theirs, ours = model.requests[1].messages
    assert json.dumps(SCHEMA) in asked.text
    assert (theirs.sender, theirs.text) == ("assistant", "It is three.")
    assert "Expecting value" in ours.text


async def test_after_two_replies_out_of_form_it_is_a_typed_error():
    model = ScriptedModel([{"n": "3"}, {"n": 3.5}, {"n": 3}])
    with pytest.raises(BadReply, match=r"scripted did not reply in the form .*3\.5 is not of type 'integer'"):
        await ask_json(model, ASKED, role="planner")
    assert len(model.requests) == 2


async def test_a_server_that_ignores_schemas_is_told_them_in_words_from_then_on():
    model = ScriptedModel(["three", {"n": 3}, {"n": 4}])
    await ask_json(model, ASKED, role="planner")
    assert (await ask_json(model, ASKED, role="planner")).data == {"n": 4}
    assert json.dumps(SCHEMA) in model.requests[2].messages[-1].text


async def test_a_reply_that_was_cut_says_nothing_of_its_server():
    model = ScriptedModel([Completion('{"n": ', "length"), {"n": 3}])
    said = await ask_json(model, ASKED, role="planner")
    assert "cut off" in said.notes[0]
    assert not model.ignores_schemas


async def test_an_empty_reply_goes_back_as_words():
    model = ScriptedModel(["", {"n": 3}])
    await ask_json(model, ASKED, role="planner")
    assert model.requests[1].messages[-2].text == "(no reply)"


async def test_a_server_that_refuses_schemas_is_asked_in_words_instead(server, direct):
    server.then.extend([status(400, {"error": {"message": "response_format is not supported"}}), say({"n": 3})])
    said = await ask_json(direct(), ASKED, role="planner")
    assert said.data == {"n": 3}
    assert "said in words instead" in said.notes[0]
    assert [("response_format" in body) for body in server.bodies] == [True, False]
    assert json.dumps(SCHEMA) in server.bodies[1]["messages"][-1]["content"]


async def test_another_refusal_is_not_tried_in_words(server, direct):
    server.always = status(400, {"error": {"message": "temperature must be at most 2"}})
    with pytest.raises(ModelRefused, match="temperature"):
        await ask_json(direct(), ASKED, role="planner")
    assert len(server.asked) == 1


async def test_half_a_character_is_made_whole_or_marked(server, direct):
    server.always = say("\ud83d\ude00 \ud83d")
    assert (await ask(direct(), request(), role="writer")).text == "😀 \N{REPLACEMENT CHARACTER}"


async def test_every_call_is_told_with_its_messages_also_one_that_failed():
    calls: list[Call] = []
    model = ScriptedModel(["yes", ModelUnreachable("gone"), "late"])
    with metered(Meter(on_call=calls.append)) as meter:
        await ask(model, request(adapter="rivers"), role="writer")
        with pytest.raises(ModelUnreachable):
            await ask(model, request(), role="planner")
        model._delay = 60
        task = asyncio.create_task(ask(model, request(), role="planner"))
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert [(one.role, one.model, one.text, one.error) for one in calls] == [
        ("writer", "scripted#rivers", "yes", ""),
        ("planner", "scripted", "", "gone"),
        ("planner", "scripted", "", "cancelled"),
    ]
    assert calls[0].messages == request().messages
    assert (meter.calls, meter.unpriced, meter.cost, meter._open) == (3, 2, 0.0, [])


async def test_calls_beyond_the_budget_are_not_made_also_when_they_run_at_one_time():
    model = ScriptedModel(otherwise="yes", delay=0.05)
    with metered(Meter(Budget(max_calls=3))) as meter:
        done = await asyncio.gather(
            *(asyncio.create_task(ask(model, request(), role="x")) for _ in range(6)), return_exceptions=True
        )
    spent = [one for one in done if isinstance(one, BudgetSpent)]
    assert (len(spent), len(model.requests), meter.calls) == (3, 3, 3)
    assert str(spent[0]) == "the budget of 3 model calls (max_calls) is spent, so scripted was not asked"


async def test_a_repair_counts_as_a_call_and_is_not_made_without_budget():
    model = ScriptedModel(otherwise="no JSON")
    with metered(Meter(Budget(max_calls=1))), pytest.raises(BudgetSpent):
        await ask_json(model, ASKED, role="planner")
    assert len(model.requests) == 1


async def test_tokens_of_open_calls_are_held_back():
    model = ScriptedModel(otherwise="yes", delay=0.05)
    with metered(Meter(Budget(max_tokens=250))) as meter:
        done = await asyncio.gather(
            *(ask(model, request(max_output=80), role="x") for _ in range(6)), return_exceptions=True
        )
    assert sum(isinstance(one, BudgetSpent) for one in done) == 4
    assert 0 < meter.read + meter.written <= 250
    with metered(meter):
        await ask(model, request(max_output=80), role="x")  # what was held back and not used is free again


async def test_money_is_counted_by_the_prices_and_ends_with_the_budget(server, direct):
    model = direct(prompt_price=1000.0, output_price=1000.0, max_output=10)  # 0.015 a call by the server's count
    with metered(Meter(Budget(max_cost=0.05))) as meter:
        await ask(model, request(), role="x")
        assert meter.cost == pytest.approx(0.015)
        done = await asyncio.gather(*(ask(model, request(), role="x") for _ in range(4)), return_exceptions=True)
    assert [type(one) for one in done] == [Completion, BudgetSpent, BudgetSpent, BudgetSpent]
    assert "max_cost" in str(done[1])


async def test_an_unpriced_model_is_unknown_and_with_a_limit_on_money_not_asked(server, direct):
    with metered(Meter()) as meter:
        await ask(direct(), request(), role="x")
    assert (meter.cost, meter.unpriced) == (0.0, 1)
    with metered(Meter(Budget(max_cost=1.0))), pytest.raises(BudgetSpent, match="price of this model is not known"):
        await ask(direct(), request(), role="x")
    assert len(server.asked) == 1


async def test_a_server_that_does_not_count_is_counted_by_estimate(server, direct):
    server.always = say("word " * 30, usage=None)
    with metered(Meter()) as meter:
        await ask(direct(), request(), role="x")
    assert meter.read > 5
    assert meter.written == 50


async def test_what_is_too_long_costs_nothing():
    model = ScriptedModel(otherwise="yes", context=10)
    with metered(Meter()) as meter, pytest.raises(ContextTooLong, match="scripted can hold 10 tokens"):
        await ask(model, request("a long question " * 9), role="x")
    assert (meter.calls, model.requests) == (0, [])


async def test_a_stream_is_counted_as_one_call(server, direct):
    heard: list[str] = []
    with metered(Meter()) as meter:
        done = await stream(direct(), request(), role="writer", on_text=heard.append)
    assert (done.tokens, "".join(heard)) == (Tokens(12, 3), "hello ")
    assert (meter.calls, meter.read, meter.written) == (1, 12, 3)
