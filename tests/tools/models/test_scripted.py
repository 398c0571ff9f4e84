"""The scripted model, and the models of a run by name and role."""

from __future__ import annotations

import pytest

from collegia.errors import ModelRefused, UsageError
from collegia.settings import ModelSettings, Roles, Settings
from collegia.tools.models import Completion, Models, ScriptedModel
from collegia.tools.models.direct import DirectModel
from collegia.tools.models.pool import open_model
from collegia.tools.models.through_litellm import LitellmModel
from tests.tools.models.conftest import request


async def test_replies_come_in_turn_and_the_end_of_the_script_is_an_error():
    model = ScriptedModel(["a", {"n": 1}, ModelRefused("no"), Completion("cu", "length"), lambda asked: asked.adapter])
    assert (await model.complete(request())).text == "a"
    assert (await model.complete(request())).text == '{"n": 1}'
    with pytest.raises(ModelRefused, match="no"):
        await model.complete(request())
    assert (await model.complete(request())).finish == "length"
    assert (await model.complete(request(adapter="x"))).text == "x"
    with pytest.raises(LookupError, match="no reply for: hi"):
        await model.complete(request())
    assert len(model.requests) == 6


async def test_replies_may_go_by_what_was_asked_last():
    model = ScriptedModel({"boil": "At 100 °C.", r"^\d+$": lambda asked: asked.messages[-1].text * 2}, otherwise="?")
    asked = [(await model.complete(request(text))).text for text in ("When does it boil?", "21", "Why?")]
    assert asked == ["At 100 °C.", "2121", "?"]


async def test_a_function_may_write_the_replies():
    model = ScriptedModel(lambda asked: asked.messages[0].text)
    assert (await model.complete(request())).text == "Be brief."


@pytest.mark.parametrize("text", ["one two  three\n\n", "  lead", "\n", ""])
async def test_pieces_of_a_reply_make_the_whole(text):
    *pieces, done = [piece async for piece in ScriptedModel([text]).stream(request())]
    assert "".join(pieces) == done.text == text


def test_a_model_is_opened_by_the_client_that_fits_it():
    own = "http://127.0.0.1:9/v1"
    assert isinstance(open_model(ModelSettings("hosted_vllm/x", own)), DirectModel)
    assert isinstance(open_model(ModelSettings("anthropic/x", own)), LitellmModel)
    assert isinstance(open_model(ModelSettings("openai/x")), LitellmModel)
    assert isinstance(open_model(ModelSettings("openai/x", own, client="litellm")), LitellmModel)
    with pytest.raises(UsageError, match="client = 'direct' and no api_base"):
        open_model(ModelSettings("openai/x", client="direct"))


async def test_each_role_has_its_model_and_a_model_that_was_given_goes_first(tmp_path):
    small = ModelSettings("hosted_vllm/small", "http://127.0.0.1:9/v1")
    settings = Settings(tmp_path, models={"default": small, "big": small}, roles=Roles(writer="big", planner="none"))
    given = ScriptedModel(label="mine")
    models = Models(settings, {"default": given})
    assert models.of_role("reflector") is given
    assert models.of_role("planner") is None
    writer = models.of_role("writer")
    assert writer is not None
    assert writer.label == "big"
    assert models.named("big") is writer
    with pytest.raises(UsageError, match="no model 'huge' is set; the models are: big, default"):
        models.named("huge")
    await models.close()


def test_without_models_no_role_is_played(tmp_path):
    models = Models(Settings(tmp_path))
    assert not models
    assert models.of_role("planner") is None
