"""Where the knowledge store lies."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from collegia.errors import UsageError
from collegia.knowledge.library import Library
from collegia.knowledge.search.searcher import Dense, Searcher
from collegia.knowledge.store import KnowledgeStore
from collegia.settings import Settings
from collegia.tools.domain import Domain

if TYPE_CHECKING:
    from collegia.knowledge.modelled.extract import ModelExtractor
    from collegia.knowledge.modelled.searcher import ModelSearcher
    from collegia.tools.models import Models

__all__ = ["open_extractor", "open_helper", "open_knowledge", "open_library", "prompts_folder"]


def open_knowledge(settings: Settings) -> KnowledgeStore:
    """The knowledge store of these settings, in a folder of its own; it is made when it is first used.

    Raises:
        StoreError: from the store's methods, when the file cannot be read or written.
    """
    return KnowledgeStore(settings.home / "knowledge" / "store.db")


def open_library(settings: Settings, domains: Iterable[Domain], models: Models | None = None) -> Library:
    """The library of these settings, with the handbooks of the domains, and vectors where an embedding is set.

    Args:
        settings: as they are.
        domains: whose handbooks belong to it.
        models: the models of the run; where one plays the role of the searcher, it helps the library's expert.

    Raises:
        UsageError: an embedding that cannot be used.
        StoreError: from the library's methods, when a file cannot be read or written.
    """
    store = open_knowledge(settings)
    dense: Dense | None = None
    if settings.embedding != "none" or settings.embeddings:
        from collegia.knowledge.vectors.vectors import open_vectors

        dense = open_vectors(store, settings).dense
    return Library(store, domains, dense, helper=None if models is None else open_helper(settings, models))


def open_helper(settings: Settings, models: Models) -> Callable[[Searcher], ModelSearcher] | None:
    """What makes a searcher one that a model helps; None where no model plays the role of the searcher."""
    model = models.of_role("searcher")
    if model is None or not settings.searching:
        return None
    from collegia.knowledge.modelled.searcher import ModelSearcher

    return lambda searcher: ModelSearcher(searcher, model, prompts_folder(settings), settings.searching)


def prompts_folder(settings: Settings) -> Path:
    """Where the user's own prompts are, if there are any."""
    return settings.home / "prompts" if settings.prompts is None else settings.prompts


def open_extractor(settings: Settings, models: Models) -> ModelExtractor:
    """Who reads passages with the model that plays the role of the extractor.

    Raises:
        UsageError: no model plays it.
    """
    from collegia.knowledge.modelled.extract import ModelExtractor

    model = models.of_role("extractor")
    if model is None:
        raise UsageError(
            'no model plays the role `extractor`; name one of [models] in the settings: [roles] extractor = "NAME"'
        )
    return ModelExtractor(model, prompts_folder(settings))
