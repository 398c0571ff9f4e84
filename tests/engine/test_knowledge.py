"""Every part of the knowledge store that asks a model, against a real engine: its noise is used or refused."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from collegia.knowledge.ingest.check import check
from collegia.knowledge.modelled.extract import ModelExtractor
from collegia.knowledge.modelled.reading import Report, read_passages
from collegia.knowledge.modelled.searcher import Guided, ModelSearcher
from collegia.knowledge.readings import origins
from collegia.knowledge.records import Document
from collegia.knowledge.relations import TYPES
from collegia.knowledge.search.searcher import Searcher
from collegia.knowledge.store import KnowledgeStore
from collegia.settings import ModelSettings
from collegia.tools.models.direct import DirectModel

pytestmark = pytest.mark.engine

TEXTS = {
    "Fouling": "Fouling lowers the heat duty of an exchanger. It grows with time. Velocity limits fouling.",
    "Heat duty": "The heat duty is set by the film coefficients and by fouling.",
    "Velocity": "A high velocity raises the pressure drop. The pressure drop uses pump power.",
}
QUESTION = "What limits that which lowers the heat duty of an exchanger?"


@pytest.fixture
def store() -> Iterator[KnowledgeStore]:
    made = KnowledgeStore.in_memory()
    made.add([Document(title, text, title=title) for title, text in TEXTS.items()])
    yield made
    made.close()


def settings(engine: Any, seed: int, **more: Any) -> ModelSettings:
    """The engine's model of noise; warm, so that each seed writes something else."""
    body = {"seed": seed}
    return ModelSettings("hosted_vllm/base", f"{engine.url}/v1", temperature=2.0, timeout=120.0, body=body, **more)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_the_engine_reads_stands_in_the_passage(engine: Any, store: KnowledgeStore, seed: int) -> None:
    async def read() -> Report:
        model = DirectModel(settings(engine, seed))
        try:
            return await read_passages(store, ModelExtractor(model), model="noise")
        finally:
            await model.close()

    report = asyncio.run(read())
    assert report.read + report.unread == len(TEXTS)
    assert not report.unread or "in the form" in report.why  # the engine takes the schema, whatever it makes of it
    assert check(store) == []
    with store.reading() as db:
        assert origins(db).model == report.relations
        for verb, start, end, body in db.execute(
            "SELECT verb, start, end, body FROM relations JOIN bodies ON bodies.rowid = passage WHERE origin = 'model'"
        ):
            assert verb in TYPES
            assert body[start:end].endswith(".")
        for start, end, name, body in db.execute(
            "SELECT start, end, name, body FROM model_names JOIN entities ON id = entity"
            " JOIN bodies ON bodies.rowid = passage"
        ):
            assert body[start:end].casefold() == name.casefold()


@pytest.mark.parametrize("step", ["decompose", "walk", "check", "rerank"])
def test_each_step_of_the_search_uses_the_engines_reply_or_refuses_it_with_a_note(
    engine: Any, store: KnowledgeStore, step: str
) -> None:
    plain = Searcher(store).search(QUESTION)

    async def search(seed: int) -> Guided:
        model = DirectModel(settings(engine, seed))
        try:
            return await ModelSearcher(Searcher(store), model, steps=(step,)).search(QUESTION)
        finally:
            await model.close()

    for seed in range(4):
        found = asyncio.run(search(seed))
        assert 1 <= found.calls <= 3
        assert {one.passage.id for one in found.hits} >= {one.passage.id for one in plain.hits}
        assert all(TEXTS[one.source][one.passage.start : one.passage.end] == one.passage.body for one in found.hits)
        assert not any("refused" in one for one in found.notes)
        changed = [one.passage.id for one in found.hits] != [one.passage.id for one in plain.hits]
        assert not (changed and found.notes and step in {"check", "rerank"})


def test_all_steps_together_stay_within_their_bound(engine: Any, store: KnowledgeStore) -> None:
    async def search() -> Guided:
        model = DirectModel(settings(engine, 7))
        try:
            return await ModelSearcher(Searcher(store), model).search(QUESTION)
        finally:
            await model.close()

    found = asyncio.run(search())
    assert found.calls <= 6
    assert found.hits


def test_the_commands_add_and_measure_with_the_engine(engine: Any, home: Path, tmp_path: Path) -> None:
    home.mkdir()
    (home / "collegia.toml").write_text(
        f'[models.base]\nmodel = "hosted_vllm/base"\napi_base = "{engine.url}/v1"\ntimeout = 120\n'
        '[roles]\nextractor = "base"\nsearcher = "base"\n'
    )
    for title, text in TEXTS.items():
        (tmp_path / f"{title}.txt").write_text(text)
    rows = "".join(f'{{"id": "{title}", "title": "{title}", "text": "{text}"}}\n' for title, text in TEXTS.items())
    (tmp_path / "corpus.jsonl").write_text(rows)
    (tmp_path / "questions.jsonl").write_text(f'{{"id": 1, "question": "{QUESTION}", "gold": ["Fouling"]}}\n')

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "collegia", "kb", *arguments]
        return subprocess.run(
            command, capture_output=True, text=True, check=False, cwd=tmp_path, env=dict(os.environ), timeout=300
        )

    added = run("add", "--extract", *(f"{title}.txt" for title in TEXTS))
    assert added.returncode in {0, 5}, added.stderr
    assert "passages read by the model" in added.stdout
    assert run("doctor").returncode == 0
    measured = run(
        "eval", "--corpus", "corpus.jsonl", "--questions", "questions.jsonl", "--out", "out.jsonl",
        "--with", "extract,decompose,walk,check,rerank",
    )  # fmt: skip
    assert measured.returncode == 0, measured.stderr
    without, helped = measured.stdout.splitlines()
    assert without.startswith("without  recall@2")
    assert "calls/question" in helped
