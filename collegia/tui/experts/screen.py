"""The experts: found by a few letters or by domain, each with its card."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input
from textual.widgets.option_list import Option

from collegia.errors import CollegiaError
from collegia.tui.actions import bindings
from collegia.tui.chat.telling import shown
from collegia.tui.experts.card import card_content
from collegia.tui.experts.finding import Entry, entries, found
from collegia.tui.experts.health import health
from collegia.tui.finder import Finder

if TYPE_CHECKING:
    from collegia.agents.assistant import Assistant
    from collegia.settings import ExpertSettings
    from collegia.tools.models.reach import Outlook
    from collegia.tools.routing.record import Record, Records

__all__ = ["ExpertsScreen"]


class ExpertsScreen(Finder):
    """Browse, read, try."""

    NAME = "Experts"
    HINT = "Find: part of a name, or words"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("experts")]
    SCOPES: ClassVar[tuple[str, ...]] = ("room", "finder", "experts")

    def __init__(self, argument: str = "") -> None:
        super().__init__(argument)
        self.domain = ""
        self.found: list[Entry] = []
        self._known: list[Entry] = []
        self._assistant: Assistant | None = None
        self._records: Records | None = None
        self._of_models: Mapping[str, ExpertSettings] = {}
        self._outlook: Outlook | None = None

    def on_mount(self) -> None:
        """Load, and ask in the background what can be reached."""
        self.query_one(Input).focus()
        self.about(Content("loading the experts…"))
        self.run_worker(self._ready(), name="ready")

    async def _ready(self) -> None:
        from collegia.tools.models.expert import declared_experts
        from collegia.tools.models.reach import look
        from collegia.tools.routing.record import Records

        try:
            assistant = await self.app.assistant()
            registry, settings = assistant.registry, assistant.settings
        except CollegiaError as error:
            self.about(Content(shown(f"No experts could be loaded: {error}")))
            return
        self._known = await asyncio.to_thread(entries, registry)
        self._records = Records.of_home(settings.home)
        self._of_models = declared_experts(registry.domains.values(), settings.experts, assistant.models)
        self._assistant = assistant
        self.narrow()
        if self._of_models:
            self._outlook = await look(settings, assistant.models)
            self.show()

    def on_unmount(self) -> None:
        """Let go of the file of records."""
        if self._records is not None:
            self._records.close()

    def narrow(self) -> None:
        """List what fits, by domain where nothing is looked for."""
        self.found = found(self.query_text, self._known, self.domain)
        self.told(f"{len(self.found)} of {len(self._known)}" + (f" · {self.domain}" if self.domain else ""))
        self.fill(self._options(grouped=not self.query_text), self.argument)

    def _options(self, *, grouped: bool) -> list[Option]:
        made, domain = [], ""
        for one in self.found:
            if grouped and one.domain != domain:
                domain = one.domain
                made.append(Option(Content.styled(shown(domain), "bold $accent"), disabled=True))
            made.append(Option(Content(f"{'  ' if one.ready else '✗ '}{shown(one.name)}"), id=one.name))
        return made

    def show(self) -> None:
        """Show the card."""
        if self._assistant is None:
            return
        if not self.chosen:
            self.about(Content("No expert is called so, and no card has these words."))
            return
        expert = self._assistant.registry.experts[self.chosen]
        state = health(expert, self._of_models.get(expert.name), self._outlook)
        self.about(card_content(expert, state, self._recorded(expert.name)))

    def _recorded(self, name: str) -> Mapping[str, Record]:
        try:
            return {} if self._records is None else self._records.categories(name)
        except CollegiaError as error:
            self.notify(str(error), severity="warning", markup=False)
            return {}

    def choose(self) -> None:
        """Try it."""
        self.action_try()

    def action_domain(self) -> None:
        """List the next domain alone; after the last, all of them."""
        domains = ["", *dict.fromkeys(one.domain for one in self._known)]
        self.domain = domains[(domains.index(self.domain) + 1) % len(domains)]
        self.narrow()

    def action_try(self) -> None:
        """Fill in its inputs and call it."""
        from collegia.tui.experts.trying import TryScreen

        if self._assistant is not None and self.chosen:
            self.app.push_screen(TryScreen(self.chosen))
