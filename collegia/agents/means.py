"""What an assistant works with, each made when it is first needed: experts, documents, memory, models, planners."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from collegia.agents.log import RunLog
from collegia.agents.mentions.scope import Scope, Scopes
from collegia.agents.modelled.helped import helped_experts
from collegia.agents.modelled.speakers import Speakers
from collegia.agents.nodes import Planner
from collegia.agents.store import RunStore
from collegia.errors import UsageError
from collegia.knowledge import expert as knowledge
from collegia.knowledge.library import Library
from collegia.knowledge.memory import MemoryStore, open_memory
from collegia.knowledge.place import open_library
from collegia.settings import Settings
from collegia.tools.expert import Expert
from collegia.tools.models import Model, Models
from collegia.tools.models.expert import declared_experts
from collegia.tools.registry import Registry

if TYPE_CHECKING:
    from collegia.agents.modelled.desk import Desk
    from collegia.agents.planner import CollegePlanner

__all__ = ["Means"]


class Means:
    """The means of an assistant; its arguments are those of `Assistant`.

    Attributes:
        settings: limits, and where state lives.
        store: where runs are kept.
        models: the language models that are set or were given; each is made when it is first asked for.
    """

    def __init__(
        self,
        settings: Settings,
        store: RunStore,
        *,
        registry: Registry | None = None,
        experts: tuple[Callable[..., Any], ...] = (),
        domains: tuple[str, ...] | None = None,
        planner: Planner | None = None,
        library: Library | None = None,
        models: Mapping[str, Model] | None = None,
    ) -> None:
        self.settings = settings
        self.store = store
        self._domains = domains
        self._registry = registry
        self._experts = experts
        self._library = library
        self._memory: MemoryStore | None = None
        self._own_documents = library is None and registry is None
        self._planner = planner
        self.models = Models(settings, models)
        self._making = threading.RLock()

    def close(self) -> None:
        """Let go of the files; they are opened again when they are needed."""
        if self._own_documents and self._library is not None:
            self._library.store.close()
        if self._memory is not None:
            self._memory.close()

    @property
    def registry(self) -> Registry:
        """The domains and experts in use, loaded on first use.

        Raises:
            UsageError: a domain that was named cannot be loaded.
            DomainRefused: the functions given as experts do not keep the contract.
        """
        with self._making:
            made = self._registry
            lacks = made is not None and self._library is not None and knowledge.EXPERT not in made.experts
            lacks = lacks or (made is not None and not self.settings.experts.keys() <= made.experts.keys())
            if made is None or self._experts or lacks:
                made = Registry.load(self._domains) if made is None else made
                if self._domains is not None and (
                    bad := [made.refused[one] for one in self._domains if one in made.refused]
                ):
                    raise UsageError("; ".join(bad))
                if self._experts:
                    made.add_functions(self._experts)
                if self._library is None and self._own_documents:
                    self._library = open_library(self.settings, made.domains.values(), self.models)
                for expert in self._beside(made, self._library):
                    if expert.name not in made.experts:
                        made.include(expert)
                self._registry, self._experts = made, ()
            return made

    @property
    def library(self) -> Library | None:
        """The documents that are quoted; None where a registry was given and no library."""
        _ = self.registry  # the handbooks are its domains'
        return self._library

    def _beside(self, registry: Registry, library: Library | None) -> Iterator[Expert]:
        """The experts that belong to no domain: the documents, and language models."""
        if library is not None:
            yield knowledge.knowledge_expert(library)
        declared = declared_experts(registry.domains.values(), self.settings.experts, self.models)
        yield from helped_experts(declared, self.models, self.settings, registry, _searched(registry, library))

    @property
    def memory(self) -> MemoryStore | None:
        """What the user has said before; None where a registry was given."""
        with self._making:
            if self._memory is None and self._own_documents:
                self._memory = open_memory(self.settings)
            return self._memory

    @property
    def planner(self) -> Planner:
        """What proposes plans."""
        with self._making:
            if self._planner is None:
                self._planner = self._with_model(self.college)
            return self._planner

    @cached_property
    def college(self) -> CollegePlanner:
        """What plans by types, with the user's memory and documents, and no model."""
        from collegia.agents.planner import CollegePlanner, Recall

        return CollegePlanner(Recall(self.memory, _searched(self.registry, self.library)))

    @cached_property
    def scopes(self) -> Scopes:
        """What can be mentioned with @, and what a run may use that mentions it."""
        from collegia.agents.planner import CollegePlanner, Recall

        own = self._planner

        def college(library: Library | None, cites: bool) -> CollegePlanner:
            return CollegePlanner(Recall(self.memory, _searched(self.registry, library), cites=cites))

        return Scopes(
            lambda: Scope(self.registry, self.planner, self.college, self.library),
            self._beside,
            college,
            self._with_model if own is None else lambda _: own,
        )

    def _with_model(self, college: CollegePlanner) -> Planner:
        """The planner, with the help of a language model where one plays that role."""
        if self.desk is None:
            return college
        from collegia.agents.modelled.past import PastPlans
        from collegia.agents.modelled.planner import ModelPlanner

        return ModelPlanner(
            college,
            self.models.of_role("planner"),
            self.desk,
            always=self.settings.planning == "model",
            prompts=self.settings.own_prompts,
            past=PastPlans(self.store),
        )

    @cached_property
    def desk(self) -> Desk | None:
        """Who assigns questions to model experts; nobody where there is no model at all."""
        if not self.models:
            return None
        from collegia.agents.modelled.desk import Desk
        from collegia.tools.routing.record import Records
        from collegia.tools.routing.router import Router

        records = Records(None) if self.store.path is None else Records.of_home(self.settings.home)
        routing = replace(self.settings.routing, most=1) if self.settings.panel.size else self.settings.routing
        return Desk(Router(routing, records), self.models.of_role("caller"), self.settings.own_prompts)

    def speakers(self, log: RunLog) -> Speakers | None:
        """The models that look at results and write; what the writer writes is told as it comes, where one listens."""
        if not self.models:
            return None
        return Speakers(self.models, self.settings.own_prompts, log.tell_words if log.is_heard else None)


def _searched(registry: Registry, library: Library | None) -> Library | None:
    """The documents, where what searches them is installed."""
    asked = registry.experts.get(knowledge.EXPERT)
    return library if asked is not None and not asked.missing_libraries() else None
