"""`collegia kb search` and `collegia kb eval` with the help of a model."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from contextvars import copy_context
from dataclasses import dataclass, field
from typing import Any

from collegia.cli.err import progress, stepped, tell
from collegia.errors import UsageError
from collegia.knowledge.evaluate import Measured, rank_passages
from collegia.knowledge.library import Library
from collegia.knowledge.modelled.extract import ModelExtractor
from collegia.knowledge.modelled.reading import read_passages
from collegia.knowledge.modelled.searcher import Guided, ModelSearcher
from collegia.knowledge.place import open_helper
from collegia.knowledge.readings import origins
from collegia.knowledge.records import Filters
from collegia.knowledge.search.searcher import Dense, Found, Searcher
from collegia.knowledge.store import KnowledgeStore
from collegia.settings import Settings
from collegia.settings.types import DEFAULT_MODEL, SEARCHING
from collegia.tools.models import Meter, Models, metered

__all__ = ["Helped", "helped_search"]

_EXTRACT = "extract"
_NOTES = 5  # kinds of notes that are told


def helped_search(library: Library, query: str, most: int, filters: Filters) -> Found:
    """A search that the model of the role `searcher` helps; how often it was asked is told."""
    settings = Settings.load()
    models = Models(settings)
    helper = open_helper(settings, models)
    if helper is None:
        return library.search(query, most, filters)
    library.helper = helper(library.searcher)

    async def search() -> Found:
        try:
            return await library.helped(query, most, filters)
        finally:
            await models.close()

    found = asyncio.run(search())
    if not isinstance(found, Guided):
        return found
    for what, said in (("parts of the question", "; ".join(found.parts)), ("searched for as well", found.query)):
        if said:
            tell(f"{what}: {said}")
    tell(f"{found.calls} questions to the model")
    return found


@dataclass
class Helped:
    """What a model is measured at: steps of the search, and the reading of the passages before it.

    Attributes:
        steps: "extract" and steps of `ModelSearcher`, as they were asked for.
    """

    steps: tuple[str, ...]
    settings: Settings
    meter: Meter = field(default_factory=Meter)
    notes: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, steps: str, model: str | None, api_base: str | None) -> Helped:
        """From what was typed.

        Raises:
            UsageError: a step that is not there, or no model that could help.
        """
        named = tuple(dict.fromkeys(one.strip() for one in steps.split(",") if one.strip()))
        known = (_EXTRACT, *SEARCHING)
        if not named or (strange := [one for one in named if one not in known]):
            raise UsageError(f"--with has {', '.join(strange) if named else 'nothing'}; there are: {', '.join(known)}")
        made = cls(named, Settings.load(model=model, api_base=api_base))
        for role in {"extractor" if one == _EXTRACT else "searcher" for one in named}:
            made.model_of(role)
        return made

    def model_of(self, role: str) -> str:
        """The name of the model that helps: the one of the role, else the model `default`.

        Raises:
            UsageError: there is neither.
        """
        name = self.settings.model_of(role)
        if name is None and DEFAULT_MODEL not in self.settings.models:
            raise UsageError(
                f"no model can help: give --model PROVIDER/NAME and --api-base URL, or name one in the settings:"
                f' [roles] {role} = "NAME"'
            )
        return name or DEFAULT_MODEL

    def measure(
        self, store: KnowledgeStore, asked: Sequence[Mapping[str, Any]], dense: Dense | None, what: str
    ) -> tuple[Measured, str]:
        """The ranking with the model's help, and what it takes a question."""
        models = Models(self.settings)
        with asyncio.Runner() as runner:
            try:
                if _EXTRACT in self.steps:
                    runner.run(self._read(store, models))
                steps = [one for one in self.steps if one != _EXTRACT]
                searcher = Searcher(store, dense=dense)
                if not steps:
                    with progress(len(asked), what) as done:
                        return rank_passages(store, asked, dense, done), "calls/question 0"
                helper = ModelSearcher(
                    searcher, models.named(self.model_of("searcher")), self.settings.own_prompts, steps
                )

                def search(question: str, most: int) -> Found:
                    # a runner has a context of its own, which the meter is not in
                    found = runner.run(helper.search(question, most), context=copy_context())
                    self.notes.update(found.notes)
                    return found

                with progress(len(asked), what) as done, metered(self.meter):
                    measured = rank_passages(store, asked, None, done, search)
            finally:
                runner.run(models.close())
        for note, times in self.notes.most_common(_NOTES):
            tell(f"{times} times: {note}")
        tokens = (self.meter.read + self.meter.written) / len(asked)
        return measured, f"calls/question {self.meter.calls / len(asked):.1f}  tokens/question {tokens:.0f}"

    async def _read(self, store: KnowledgeStore, models: Models) -> None:
        """Have every passage read, and tell what was found by whom."""
        name = self.model_of("extractor")
        model, meter = self.settings.models[name], Meter()
        extractor = ModelExtractor(models.named(name), self.settings.own_prompts)
        with metered(meter), stepped("asking the model") as step:
            report = await read_passages(
                store, extractor, model=model.model, concurrency=model.concurrency, progress=step
            )
        with store.reading() as db:
            by = origins(db)
        tell(
            f"{report.read:,} passages read by the model, {report.unread:,} not; {meter.calls:,} calls,"
            f" {meter.read + meter.written:,} tokens; relations: {by.rules:,} by rules, {by.model:,} by the model,"
            f" {by.both:,} by both; {report.names:,} names, {extractor.dropped:,} dropped"
        )
