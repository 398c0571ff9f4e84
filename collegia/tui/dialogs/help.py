"""Help: every action with its keys and its command, from the registry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from collegia.tui.actions import Action, bindings

__all__ = ["Help"]


class Help(ModalScreen[None]):
    """A list of actions."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("room")]
    SCOPES: ClassVar[tuple[str, ...]] = ("room",)

    DEFAULT_CSS = """
    Help { align: center middle; }
    Help > VerticalScroll { width: 90%; max-width: 100; height: 90%; border: round $primary; padding: 0 1; }
    """

    def __init__(self, actions: Iterable[Action]) -> None:
        super().__init__()
        self.actions = tuple(actions)

    def compose(self) -> ComposeResult:
        """One text, scrolled."""
        with VerticalScroll():
            yield Static(self._told())

    def action_back(self) -> None:
        """Close it."""
        self.dismiss()

    def _told(self) -> Content:
        lines: list[str | tuple[str, str]] = [("Keys and commands\n", "bold")]
        keymap = self.app._keymap if hasattr(self.app, "_keymap") else {}
        scope = ""
        for one in self.actions:
            if one.scope != scope:
                scope = one.scope
                lines.append((f"\n{scope}\n", "bold $accent"))
            keys = keymap.get(one.id, one.keys) or "–"
            command = f"/{one.slash}" + (f" {one.takes}" if one.takes else "") if one.slash else ""
            lines += [(f"{keys:<14} {command:<18} ", "bold"), f"{one.title}: ", (f"{one.help}  {one.id}\n", "dim")]
        return Content.assemble(*lines)
