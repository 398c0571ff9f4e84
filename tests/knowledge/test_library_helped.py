"""The library with a model that helps in the search: sentences quoted word for word, from what was found better."""

from __future__ import annotations

import asyncio
import threading

import pytest

from collegia import Assistant
from collegia.errors import ModelUnreachable, NoData
from collegia.knowledge.expert import knowledge_expert, quotes_of
from collegia.knowledge.library import Library
from collegia.knowledge.modelled.searcher import ModelSearcher
from collegia.knowledge.place import open_helper, open_library
from collegia.knowledge.records import Document
from collegia.knowledge.store import KnowledgeStore
from collegia.knowledge.text import stem
from collegia.settings import Settings
from collegia.tools.models import Meter, Models, ScriptedModel, metered

QUESTION = "Why does the zibble lower the flow in the marrow pipe?"
TEXTS = (
    "The zibble lowers the flow in the marrow pipe because its scales narrow the bore.",
    "A marrow pipe carries brine. Its flow falls when the bore is narrowed by a zibble.",
    "Geese need grass. They walk slowly because their legs are short.",
)


@pytest.fixture
def store():
    made = KnowledgeStore.in_memory()
    made.add([Document(f"d{n}", text) for n, text in enumerate(TEXTS)])
    yield made
    made.close()


def library(store, script, *steps):
    model = ScriptedModel(script)
    return Library(store, helper=lambda searcher: ModelSearcher(searcher, model, steps=steps or ("rerank",))), model


def test_the_expert_of_a_library_that_a_model_helps_is_awaited_and_quotes_word_for_word(store):
    helped, model = library(store, [{"order": [1]}])
    asked = knowledge_expert(helped)
    plain = knowledge_expert(Library(store))
    assert (asked.awaits, plain.awaits) == (True, False)
    assert (asked.name, asked.card.purpose, asked.card.inputs) == (plain.name, plain.card.purpose, plain.card.inputs)
    outcome = asyncio.run(asked.acall({"question": QUESTION}))
    quotes = quotes_of(outcome.values["quotations"])
    assert quotes[0].text == TEXTS[0]
    assert all(TEXTS[int(one.source[1:])][one.start : one.end] == one.text for one in quotes)
    assert len(model.requests) == 1


def test_where_the_model_fails_the_reply_is_the_plain_one_with_a_warning(store):
    helped, _ = library(store, lambda _: ModelUnreachable("nobody is there"), "decompose", "walk", "check", "rerank")
    plain = knowledge_expert(Library(store)).call({"question": QUESTION})
    outcome = asyncio.run(knowledge_expert(helped).acall({"question": QUESTION}))
    assert outcome.values == plain.values
    assert outcome.cautions == ("the question was not taken apart: nobody is there", *plain.cautions)


def test_what_no_document_holds_is_said_with_a_model_too(store):
    helped, _ = library(store, [{"order": []}])
    with pytest.raises(NoData, match="the documents hold nothing on this"):
        asyncio.run(knowledge_expert(helped).acall({"question": "Which sonata did the admiral hum in Lisbon?"}))


def test_the_calls_of_an_expert_count_in_the_run_that_asked_it(store):
    helped, _ = library(store, [{"order": [1]}])
    with metered(Meter()) as meter:
        asyncio.run(knowledge_expert(helped).acall({"question": QUESTION}))
    assert meter.calls == 1


def test_an_assistant_asks_the_awaited_expert_as_it_asks_any_other(store):
    helped, model = library(store, lambda _: {"order": [1]})
    result = Assistant(library=helped, settings=Settings.load(domains=("arithmetic",))).ask_sync(QUESTION)
    assert result.status == "answered"
    assert "scales narrow the bore" in result.answer_text
    assert model.requests


def test_the_settings_make_the_helper_and_none_where_no_model_plays_the_role():
    models = {"small": {"model": "openai/tiny", "api_base": "http://127.0.0.1:9/v1"}}
    plain = Settings.load({}, home="x")
    assert open_helper(plain, Models(plain)) is None
    said = {"models": models, "roles": {"searcher": "small"}, "home": "x"}
    settings = Settings.load({}, **said, searching=("walk",))
    found = open_library(settings, (), Models(settings))
    assert isinstance(found.helper, ModelSearcher)
    assert (found.helper.steps, found.helper.model.label) == (("walk",), "small")
    assert open_library(settings, ()).helper is None
    silent = Settings.load({}, **said, searching=())
    assert open_helper(silent, Models(silent)) is None


def test_words_are_stemmed_alike_in_several_threads_at_one_time():
    words = [f"{first}{second}ations" for first in "bcdfghklm" for second in ("eagul", "orat", "ulmin", "estrid")]
    stem.cache_clear()
    found: list[dict[str, str]] = []
    threads = [threading.Thread(target=lambda: found.append({one: stem(one) for one in words})) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    stem.cache_clear()
    assert found == [{one: stem(one) for one in words}] * 8
