"""What `collegia kb add --extract` does once the documents are in."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, dataclass
from typing import Any

from collegia.cli.err import stepped, tell
from collegia.cli.out import line
from collegia.knowledge.modelled.reading import Report, read_passages
from collegia.knowledge.place import open_extractor
from collegia.knowledge.store import KnowledgeStore
from collegia.settings import Settings
from collegia.settings.types import DEFAULT_MODEL
from collegia.tools.models import Meter, Models, metered

__all__ = ["Extraction"]


@dataclass
class Extraction:
    """The reading of stored passages by the model that plays the role of the extractor.

    Raises:
        UsageError: none does; when it is made, before any work.
    """

    settings: Settings
    quiet: bool = False

    def __post_init__(self) -> None:
        self._models = Models(self.settings)
        self._extractor = open_extractor(self.settings, self._models)
        self.report = Report()
        self.meter = Meter()

    def run(self, store: KnowledgeStore, collection: str | None) -> None:
        """Read what no model has read yet."""
        name = self.settings.model_of("extractor") or DEFAULT_MODEL
        chosen = self.settings.models[name]

        async def read() -> Report:
            try:
                with stepped("asking the model") as step:
                    return await read_passages(
                        store,
                        self._extractor,
                        model=chosen.model,
                        concurrency=chosen.concurrency,
                        collection=collection,
                        progress=None if self.quiet else step,
                    )
            finally:
                await self._models.close()

        with metered(self.meter):
            self.report = asyncio.run(read())

    def said(self) -> dict[str, Any]:
        """What it came to, for programs."""
        used = {"calls": self.meter.calls, "tokens": self.meter.read + self.meter.written}
        return {**asdict(self.report), "dropped": self._extractor.dropped, **used}

    def tell(self, in_words: bool) -> None:
        """What it came to, for people; in any case what could not be read."""
        report, dropped = self.report, self._extractor.dropped
        if in_words and not self.quiet:
            line(
                f"{report.read:,} passages read by the model: {report.names:,} names, {report.relations:,} relations,"
                f" {dropped:,} dropped that do not stand in the text; {self.meter.calls:,} calls,"
                f" {self.meter.read + self.meter.written:,} tokens"
            )
        if report.unread:
            tell(
                f"the model could not read {report.unread:,} passages, and what rules found in them stands alone;"
                f" the same command tries them again. The first fault: {report.why or 'it was not asked'}"
            )
