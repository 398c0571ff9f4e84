"""What a run may use: everything, or what its question mentions.

A question that mentions nothing gets the assistant's own registry and planner, and costs nothing.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from collegia.agents.mentions.reading import Mentions, Names, Read, may_mention, read_mentions
from collegia.agents.workers import in_thread
from collegia.errors import UsageError
from collegia.tools.expert import Expert
from collegia.tools.registry import Registry

if TYPE_CHECKING:
    from collegia.agents.mentions.planner import MentionPlanner
    from collegia.agents.nodes import Planner
    from collegia.agents.plan import Proposal
    from collegia.agents.planner import CollegePlanner
    from collegia.knowledge.library import Library

__all__ = ["Scope", "Scopes"]

_KEPT = 16  # of each that was made: a conversation mentions the same few again and again
_Key = TypeVar("_Key")
_Made = TypeVar("_Made")


@dataclass(frozen=True)
class Scope:
    """What a run is planned with and calls.

    Attributes:
        registry: the experts.
        planner: proposes plans; it may have the help of a model.
        college: plans by types alone.
        library: the documents that are read; None where there are none.
        held: what the planner is, where something was mentioned.
    """

    registry: Registry
    planner: Planner
    college: CollegePlanner
    library: Library | None
    held: MentionPlanner | None = None

    def by_types(self, question: str, answers: Sequence[str] = ()) -> Proposal:
        """A plan by types alone, which holds to what was mentioned."""
        if self.held is not None:
            return self.held.by_types(question, answers)
        return self.college.plan(question, self.registry, answers)

    def telling(self, proposal: Proposal) -> Proposal:
        """A plan that steps were left out of, with what still limits it among its assumptions."""
        return proposal if self.held is None or proposal.status != "plan" else self.held.telling(proposal)


class Scopes:
    """Narrows what an assistant has to what a question mentions; safe to use from several threads.

    Args:
        whole: gives what an assistant has.
        beside: the experts that belong to no domain, with the documents that they read.
        college: plans by types with documents; True where a question asks for what these say.
        planner: with the help of models, over one that plans by types.
    """

    def __init__(
        self,
        whole: Callable[[], Scope],
        beside: Callable[[Registry, Library], Iterable[Expert]],
        college: Callable[[Library | None, bool], CollegePlanner],
        planner: Callable[[CollegePlanner], Planner],
    ) -> None:
        self._whole = whole
        self._beside = beside
        self._college = college
        self._planner = planner
        self._making = threading.RLock()
        self._narrowed: OrderedDict[tuple[Any, ...], Registry] = OrderedDict()
        self._scopes: OrderedDict[tuple[Any, ...], Scope] = OrderedDict()

    def names(self, *, prepare: bool = False) -> Names:
        """What can be mentioned.

        Args:
            prepare: take in the handbooks first, where that has not been done.

        Raises:
            StoreError: the documents cannot be read.
        """
        whole = self._whole()
        if whole.library is None:
            return Names(whole.registry)
        if prepare:
            whole.library.prepare()
        return Names(whole.registry, whole.library.names())

    def read(self, text: str) -> Read:
        """Read the mentions of a text; where nothing looks like one, nothing is loaded for it.

        Raises:
            StoreError: something looks like a mention, and the documents cannot be read.
            CollegiaError: the same, and the experts cannot be loaded.
        """
        if not may_mention(text):
            return Read(text, text)
        found = read_mentions(text, self.names())
        # it may be a page of a handbook that was not taken in yet
        return read_mentions(text, self.names(prepare=True)) if found.unknown else found

    async def heard(self, text: str, *, asks: bool = True) -> Read:
        """`read`, off the loop.

        Args:
            text: as `read_question` gives it.
            asks: whether it has to ask something beside what it mentions.

        Raises:
            UsageError: it does not.
        """
        if not may_mention(text):
            return Read(text, text)
        found = await in_thread(lambda _: self.read(text))
        if asks and not found.text:
            raise UsageError(f"{text!r} mentions something and asks nothing; write the question beside it")
        return found

    def of(self, options: Mapping[str, Any]) -> Scope:
        """What a stored run may use, by what it keeps of its mentions.

        Raises:
            UsageError: it mentions a domain or an expert that there is no more.
        """
        return self.narrowed(Mentions.of(options))

    def narrowed(self, mentions: Mentions) -> Scope:
        """What a question that mentions this may use.

        Raises:
            UsageError: a domain or an expert that there is no more.
        """
        whole = self._whole()
        if not mentions:
            return whole
        known = whole.registry
        gone = [one for one in mentions.domains if one not in known.domains]
        gone += [one for one in mentions.experts if one not in known.experts]
        if gone:
            raise UsageError(f"{', '.join(gone)} was mentioned, and is not installed any more")
        size = len(known.experts)  # a registry grows, as when functions are added to it
        with self._making:
            return _kept(self._scopes, (mentions, size), lambda: self._scope(mentions, whole))

    def _scope(self, mentions: Mentions, whole: Scope) -> Scope:
        from collegia.agents.mentions.planner import MentionPlanner

        planned = whole.registry
        if mentions.domains:
            key = (mentions.domains, mentions.experts, len(planned.experts))
            # made once for several scopes, so that its words are compiled once
            planned = _kept(self._narrowed, key, lambda: whole.registry.only(mentions.domains, mentions.experts))
        library, college, planner = whole.library, whole.college, whole.planner
        called = planned
        if library is not None and (mentions.documents or mentions.domains):
            library = library.part(mentions.documents, whole.registry.domains.keys() - planned.domains.keys())
            college = self._college(library, bool(mentions.documents))
            planner = self._planner(college)
            # the same cards, so that what was planned with the one is called with the other
            read = {one.name: one for one in self._beside(whole.registry, library) if one.name in planned.experts}
            called = replace(planned, experts={**planned.experts, **read})
        held = MentionPlanner(planner, college, mentions, planned)
        return Scope(called, held, college, library, held)


def _kept(kept: OrderedDict[_Key, _Made], key: _Key, make: Callable[[], _Made]) -> _Made:
    """What was made of a key, or is now; the one that was not used for longest goes."""
    if key not in kept:
        kept[key] = make()
        while len(kept) > _KEPT:
            kept.popitem(last=False)
    kept.move_to_end(key)
    return kept[key]
