"""The search with a model: the same search, and what a model adds to it in at most six questions.

    decompose  1 question: the question's parts, at most 4, are searched for as well
    walk       3 at most: links followed over the graph, at most 2 at each hop
    check      1: which passage answers which part; where none does, one further search by the model's own words
    rerank     1: the first 20 passages in order

All rankings are fused by their ranks. A question that is answered out of form is put once more, so a search takes no
more than 12 calls; where the model fails, the search is what it would be without that step, and a note says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from collegia.errors import UsageError
from collegia.knowledge.modelled.cache import current_cache
from collegia.knowledge.modelled.check import CACHED, FOUND, check
from collegia.knowledge.modelled.decompose import decompose
from collegia.knowledge.modelled.look import Look, fused
from collegia.knowledge.modelled.rerank import READ, rerank
from collegia.knowledge.modelled.talk import Talk
from collegia.knowledge.modelled.walk import walk
from collegia.knowledge.records import Filters, Hit
from collegia.knowledge.search.searcher import Found, Searcher
from collegia.settings.types import SEARCHING
from collegia.tools.models import Model

__all__ = ["Guided", "ModelSearcher"]


@dataclass(frozen=True, slots=True)
class Guided(Found):
    """What a search with a model gave.

    Attributes:
        parts: what the question was taken apart into.
        query: what was searched for because a part was not answered.
        calls: how many questions were put to the model.
    """

    parts: tuple[str, ...] = ()
    query: str = ""
    calls: int = 0


class ModelSearcher:
    """A searcher that a model helps.

    Args:
        searcher: the search itself.
        model: who helps.
        prompts: the user's own prompts.
        steps: how: any of "decompose", "walk", "check", "rerank".

    Raises:
        UsageError: there is no such step.
    """

    def __init__(
        self, searcher: Searcher, model: Model, prompts: Path | None = None, steps: Iterable[str] = SEARCHING
    ) -> None:
        self.searcher = searcher
        self.model = model
        self.steps = tuple(steps)
        self._prompts = prompts
        if strange := [one for one in self.steps if one not in SEARCHING]:
            raise UsageError(f"{', '.join(strange)}: no such help in searching; there are: {', '.join(SEARCHING)}")

    async def search(self, question: str, most: int = 10, filters: Filters | None = None) -> Guided:
        """The passages that answer a question, best first.

        Args:
            question: as it was asked.
            most: how many passages.
            filters: which documents may be searched.

        Raises:
            StoreError: the store cannot be read.
            UsageError: a prompt of the user's own cannot be used.
        """
        look = Look(self.searcher, filters or Filters())
        talk = Talk(self.model, self._prompts)
        first = await look.search(question, max(most, READ))
        rankings: list[tuple[Hit, ...]] = [first.hits]
        parts: list[str] = []
        query = ""
        if "decompose" in self.steps:
            parts = await decompose(talk, question)
            rankings += [(await look.search(one, READ)).hits for one in parts]
        if "walk" in self.steps:
            rankings.append(await walk(talk, look, question, first.hits))
        if "check" in self.steps:
            query = await self._check(talk, look, parts or [question], rankings)
        hits = fused(rankings)
        if "rerank" in self.steps:
            hits = await rerank(talk, question, hits)
        if [one.passage.id for one in hits] == [one.passage.id for one in first.hits] and most < READ:
            hits = (await look.search(question, most)).hits  # nothing was changed, and so nothing is
        current_cache().add(look.filters, hits[:FOUND])
        notes = (*first.notes, *talk.notes)
        return Guided(hits[:most], first.names, notes, tuple(parts), query, talk.calls)

    async def _check(self, talk: Talk, look: Look, parts: list[str], rankings: list[tuple[Hit, ...]]) -> str:
        """Check what was found, and add what answers a part, and what one further search finds; its query."""
        known = current_cache().having(" ".join(parts), look.filters, FOUND + CACHED)
        cached = await look.hits({one.passage.id: one.path for one in known})
        checked = await check(talk, parts, fused(rankings), cached)
        rankings.append(checked.covering)
        if checked.query:
            rankings.append((await look.search(checked.query, READ)).hits)
        return checked.query
