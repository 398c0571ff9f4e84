"""The turns of a conversation, of which only the last are on the screen: a long one costs no more than a short one."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from collegia.tui.chat.turn import Turn

__all__ = ["Transcript"]

WINDOW = 40
"""Turns that are kept as widgets."""


class Transcript(VerticalScroll, can_focus=False):
    """Turns, the newest last; it stays at the end unless the user has scrolled away."""

    DEFAULT_CSS = """
    Transcript { padding: 0 1; scrollbar-size-vertical: 1; }
    Transcript > #hidden { display: none; color: $text-muted; text-align: center; }
    Transcript > #hidden.-some { display: block; }
    """

    def __init__(self) -> None:
        super().__init__(id="transcript")
        self.turns: list[Turn] = []
        self._first = 0

    def compose(self) -> ComposeResult:
        """The line that says how much is not shown."""
        yield Static("", id="hidden", markup=False)

    async def add(self, *turns: Turn) -> None:
        """Put turns at the end; the oldest leave the screen where there are many."""
        self.turns.extend(turns)
        self._first = max(self._first, len(self.turns) - WINDOW)
        first_shown = len(self.turns) - len(turns)
        await self.mount_all(self.turns[max(first_shown, self._first) :])
        for place, one in enumerate(self.turns[: self._first]):
            if one.is_attached:
                await one.remove()
                self.turns[place] = Turn(one.asked, one.result, one.said)  # a removed widget keeps all that it drew
        self._tell_hidden()
        self.anchor()

    async def earlier(self) -> int:
        """Bring older turns back to the screen; how many."""
        last, self._first = self._first, max(0, self._first - WINDOW)
        back = [Turn(one.asked, one.result, one.said) for one in self.turns[self._first : last]]
        self.turns[self._first : last] = back
        if back:
            await self.mount_all(back, after=0)
        self._tell_hidden()
        return len(back)

    async def clear(self) -> None:
        """Empty it."""
        await self.remove_children(Turn)
        self.turns, self._first = [], 0
        self._tell_hidden()

    def _tell_hidden(self) -> None:
        told = self.query_one("#hidden", Static)
        told.set_class(self._first > 0, "-some")
        told.update(f"{self._first} earlier messages; /earlier shows them" if self._first else "")
