"""Models and budget: what is set, what can be reached, and what was spent."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from collegia.errors import CollegiaError
from collegia.tui.actions import bindings
from collegia.tui.chat.telling import shown
from collegia.tui.models.telling import budget_content, engines_content, models_content, roles_content, routing_content
from collegia.tui.room import Room

if TYPE_CHECKING:
    from collegia.agents.assistant import Assistant
    from collegia.tools.models.reach import Outlook

__all__ = ["ModelsScreen"]


class ModelsScreen(Room):
    """One page of sections, that scrolls."""

    NAME = "Models and budget"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("room", "models")]
    SCOPES: ClassVar[tuple[str, ...]] = ("room", "models")

    DEFAULT_CSS = """
    ModelsScreen > VerticalScroll { padding: 0 1; }
    ModelsScreen > VerticalScroll > Static { height: auto; margin: 0 0 1 0; }
    ModelsScreen > VerticalScroll > .-empty { display: none; }
    """

    def content(self) -> ComposeResult:
        """The sections."""
        with VerticalScroll():
            yield Static("loading…", id="budget", markup=False)
            for name in ("models", "engines", "roles", "routing"):
                yield Static("", id=name, markup=False, classes="-empty")

    def on_mount(self) -> None:
        """Show what is set, and ask in the background what can be reached."""
        self.query_one(VerticalScroll).focus()
        self.action_ask()

    def action_ask(self) -> None:
        """Ask again what can be reached."""
        self.run_worker(self._ask(), name="ask", exclusive=True)

    async def _ask(self) -> None:
        from collegia.tools.models.reach import look

        try:
            assistant = await self.app.assistant()
            self._show(assistant, None)
            await self._show_budget(assistant, None)
            self.told("asking what can be reached…")
            outlook = await look(assistant.settings, assistant.models)
            self._show(assistant, outlook)
            await self._show_budget(assistant, outlook)
        except CollegiaError as error:
            self.told("")
            self._put("models", Content(shown(str(error))))
            return
        reached = sum(one.state == "reachable" for one in outlook.models.values())
        self.told(f"{reached} of {len(outlook.models)} models reachable" if outlook.models else "no model is set")

    def _show(self, assistant: Assistant, outlook: Outlook | None) -> None:
        settings = assistant.settings
        self._put("models", models_content(settings, os.environ, outlook))
        self._put("engines", engines_content(settings, outlook))
        self._put("roles", roles_content(settings))
        self._put("routing", routing_content(settings))

    async def _show_budget(self, assistant: Assistant, outlook: Outlook | None) -> None:
        from collegia.agents.spending import fullest

        results = await self.app.talk.results()
        usages = [one.usage for one in results]
        full: dict[str, int] = {}
        if results:
            full = fullest(await asyncio.to_thread(assistant.events, results[-1].run_id))
        held = {name: one.context for name, one in (outlook.models.items() if outlook else ())}
        held |= {name: one.context for name, one in assistant.settings.models.items() if one.context}
        last = usages[-1] if usages else None
        self._put("budget", budget_content(last, usages, assistant.settings.budget, full, held))

    def _put(self, where: str, content: Content) -> None:
        section = self.query_one(f"#{where}", Static)
        section.set_class(not content.plain, "-empty")
        section.update(content)
