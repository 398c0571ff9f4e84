"""A field with what could be meant under it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from collegia.errors import CollegiaError
from collegia.tui.plain_input import PlainInput
from collegia.tui.wording import one_line
from collegia.tui.working import begin

__all__ = ["Offer", "Offering"]

Offer = Callable[[str], Awaitable[Sequence[str]]]
"""What could be meant by what was typed so far, the likeliest first."""


class Offering(Vertical):
    """Tab takes what is pointed at, up and down point, Enter sends what stands in the field.

    The keys are those of the dialog around it, which calls `take` and `point`.
    """

    DEFAULT_CSS = """
    Offering { height: auto; }
    Offering > OptionList { height: auto; max-height: 8; border: none; padding: 0 1; background: $surface; }
    """

    @dataclass
    class Sent(Message):
        """A text was sent."""

        text: str

    def __init__(self, offer: Offer, placeholder: str = "") -> None:
        super().__init__()
        self._offer = offer
        self._placeholder = placeholder
        self.offered: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """The field over its completions."""
        yield PlainInput(placeholder=self._placeholder, compact=True)
        offered = OptionList(compact=True)
        offered.can_focus = False
        yield offered

    def on_mount(self) -> None:
        """Have the focus, and offer what there is without a letter."""
        self.query_one(Input).focus()
        self._look("")

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.query_one(Input).value

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer anew."""
        event.stop()
        self._look(event.value)

    def _look(self, typed: str) -> None:
        begin(self, "offer", self._show, typed)

    async def _show(self, typed: str) -> None:
        try:
            self.offered = tuple(await self._offer(typed))
        except CollegiaError:
            self.offered = ()  # what is sent is judged anyway, with the reason
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(Content(one_line(one))) for one in self.offered)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Send what is pointed at, else what was typed."""
        event.stop()
        place = self.query_one(OptionList).highlighted
        text = event.value.strip() if place is None else self.offered[place]
        if text:
            self.post_message(self.Sent(text))

    def point(self, step: int) -> None:
        """Point at the next or the one before; over the first is what was typed."""
        options = self.query_one(OptionList)
        if self.offered:
            place = (-1 if options.highlighted is None else options.highlighted) + step
            options.highlighted = None if place < 0 else min(place, len(self.offered) - 1)

    def take(self) -> None:
        """Put what is pointed at, or else the first, into the field."""
        if self.offered:
            field = self.query_one(Input)
            field.value = self.offered[self.query_one(OptionList).highlighted or 0]
            field.cursor_position = len(field.value)
