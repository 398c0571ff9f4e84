"""A key that a server says back, in whatever way, is shown and kept nowhere."""

from __future__ import annotations

import pytest

from collegia.errors import ModelRefused
from collegia.tools.models import Completion
from tests.tools.models.conftest import request
from tests.tools.models.server import DONE, piece, say, status
from tests.tools.models.server import stream as pieces

KEY = "sk-very-secret-indeed"


@pytest.fixture(autouse=True)
def key(monkeypatch):
    monkeypatch.setenv("COLLEGIA_API_KEY", KEY)


async def test_a_key_in_a_reply_is_cut_out_of_it(server, direct):
    server.always = say(f'{{"authorization": "Bearer {KEY}"}}')
    assert (await direct().complete(request())).text == '{"authorization": "Bearer …"}'


async def test_a_key_in_a_stream_is_cut_out_of_its_pieces_and_of_the_whole(server, direct):
    server.always = pieces([piece(f"it is {KEY}"), piece("!", "stop"), DONE])
    *said, done = [one async for one in direct().stream(request())]
    assert isinstance(done, Completion)
    assert ("".join(map(str, said)), done.text) == ("it is …!", "it is …!")


@pytest.mark.parametrize("before", [280, 285, 290, 295, 296])
async def test_no_part_of_a_key_is_left_where_an_error_is_cut_off(before, server, direct):
    server.always = status(400, {"error": {"message": "x" * before + KEY + "y" * 300}})
    with pytest.raises(ModelRefused) as refused:
        await direct().complete(request())
    assert KEY[:4] not in str(refused.value)


async def test_a_word_that_a_local_server_takes_for_a_key_stays_in_replies(server, direct, monkeypatch):
    monkeypatch.setenv("COLLEGIA_API_KEY", "none")
    server.always = say("there is none")
    assert (await direct().complete(request())).text == "there is none"
