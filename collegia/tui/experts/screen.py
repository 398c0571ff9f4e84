"""The experts: a list that a few letters narrow, and the card of the one pointed at."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from collegia.errors import CollegiaError
from collegia.tui.actions import bindings
from collegia.tui.chat.telling import shown
from collegia.tui.experts.card import card_content
from collegia.tui.experts.finding import Entry, entries, found
from collegia.tui.experts.health import health
from collegia.tui.room import Room

if TYPE_CHECKING:
    from collegia.agents.assistant import Assistant
    from collegia.settings import ExpertSettings
    from collegia.tools.models.reach import Outlook
    from collegia.tools.routing.record import Records

__all__ = ["ExpertsScreen"]


class ExpertsScreen(Room):
    """Browse, read, try."""

    NAME = "Experts"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("room", "experts")]
    SCOPES: ClassVar[tuple[str, ...]] = ("room", "experts")

    DEFAULT_CSS = """
    ExpertsScreen #found { width: 36; border-right: solid $primary 40%; }
    ExpertsScreen #found > Input { border: none; height: 1; padding: 0 1; background: $surface; }
    ExpertsScreen #found > OptionList { border: none; height: 1fr; padding: 0; background: $background; }
    ExpertsScreen #card { width: 1fr; padding: 0 1; }
    """

    def __init__(self, argument: str = "") -> None:
        super().__init__(argument)
        self.domain = ""
        self.shown: list[Entry] = []
        self._known: list[Entry] = []
        self._assistant: Assistant | None = None
        self._records: Records | None = None
        self._of_models: Mapping[str, ExpertSettings] = {}
        self._outlook: Outlook | None = None

    def content(self) -> ComposeResult:
        """The list below its filter, the card beside them."""
        with Horizontal():
            with Vertical(id="found"):
                yield Input(self.argument, placeholder="Find: part of a name, or words", id="filter")
                yield _List(compact=True, markup=False)
            with VerticalScroll(id="card", can_focus=False):
                yield Static(Content("loading the experts…"))

    def on_mount(self) -> None:
        """Load, and ask in the background what can be reached."""
        self.query_one(Input).focus()
        self.run_worker(self._ready(), name="ready")

    async def _ready(self) -> None:
        from collegia.tools.models.expert import declared_experts
        from collegia.tools.models.reach import look
        from collegia.tools.routing.record import Records

        try:
            assistant = self._assistant = await self.app.assistant()
        except CollegiaError as error:
            self.query_one("#card > Static", Static).update(Content(shown(f"No experts could be loaded: {error}")))
            return
        registry, settings = assistant.registry, assistant.settings
        self._known = await asyncio.to_thread(entries, registry)
        self._records = Records.of_home(settings.home)
        self._of_models = declared_experts(registry.domains.values(), settings.experts, assistant.models)
        self._fill()
        if self._of_models:
            self._outlook = await look(settings, assistant.models)
            self._show_card()

    async def on_unmount(self) -> None:
        """Let go of the file of records."""
        if self._records is not None:
            self._records.close()

    # -- the list

    def on_input_changed(self) -> None:
        """Narrow the list."""
        self._fill()

    def _fill(self) -> None:
        query, listed = self.query_one(Input).value, self.query_one(_List)
        self.shown = found(query, self._known, self.domain)
        listed.clear_options()
        listed.add_options(self._options(grouped=not query.strip()))
        self.told(f"{len(self.shown)} of {len(self._known)}" + (f" · {self.domain}" if self.domain else ""))
        self._point(self.argument if self.argument in {one.name for one in self.shown} else "")

    def _options(self, *, grouped: bool) -> list[Option]:
        made, domain = [], ""
        for one in self.shown:
            if grouped and one.domain != domain:
                domain = one.domain
                made.append(Option(Content.styled(shown(domain), "bold $accent"), disabled=True))
            mark = "  " if one.ready else "✗ "
            made.append(Option(Content(f"{mark}{shown(one.name)}"), id=one.name))
        return made

    def _point(self, name: str) -> None:
        """Point at an expert of the list, at the first without a name."""
        listed = self.query_one(_List)
        listed.highlighted = None
        if self.shown:
            listed.highlighted = listed.get_option_index(name or self.shown[0].name)
        self._show_card()

    @property
    def chosen(self) -> str:
        """The name of the expert pointed at; empty where the list is."""
        listed = self.query_one(_List)
        option = None if listed.highlighted is None else listed.get_option_at_index(listed.highlighted)
        return (option.id or "") if option else ""

    def on_option_list_option_highlighted(self) -> None:
        """Show the card of the expert pointed at."""
        self._show_card()

    def on_option_list_option_selected(self) -> None:
        """A click tries it."""
        self.action_try()

    def _show_card(self) -> None:
        card, name = self.query_one("#card > Static", Static), self.chosen
        if self._assistant is None or self._records is None:
            return
        if not name:
            card.update(Content("No expert is called so, and no card has these words."))
            return
        expert = self._assistant.registry.experts[name]
        try:
            records = self._records.categories(name)
        except CollegiaError as error:
            self.notify(str(error), severity="warning", markup=False)
            records = {}
        card.update(card_content(expert, health(expert, self._of_models.get(name), self._outlook), records))
        self.query_one("#card").scroll_home(animate=False)

    # -- actions

    def action_up(self) -> None:
        """Point at the one before."""
        self.query_one(_List).action_cursor_up()

    def action_down(self) -> None:
        """Point at the next."""
        self.query_one(_List).action_cursor_down()

    def action_card_up(self) -> None:
        """Scroll the card up."""
        self.query_one("#card").scroll_page_up(animate=False)

    def action_card_down(self) -> None:
        """Scroll the card down."""
        self.query_one("#card").scroll_page_down(animate=False)

    def action_domain(self) -> None:
        """List the next domain alone; after the last, all of them."""
        domains = ["", *dict.fromkeys(one.domain for one in self._known)]
        self.domain = domains[(domains.index(self.domain) + 1) % len(domains)]
        self._fill()

    def action_try(self) -> None:
        """Fill in its inputs and call it."""
        from collegia.tui.experts.trying import TryScreen

        if self._assistant is not None and self.chosen:
            self.app.push_screen(TryScreen(self.chosen))


class _List(OptionList, can_focus=False):
    """The list, which the keys of the screen point in while the filter has the focus."""
