"""Where a question is typed: Enter sends, Shift+Enter or Ctrl+J breaks the line, arrows go through what was sent."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from collegia.display import clean
from collegia.tui.chat.history import History

__all__ = ["Prompt"]

_LONGEST = 50_000  # characters that can be pasted; a question has far fewer, and drawing more takes seconds
_BREAKS = frozenset({"shift+enter", "ctrl+j", "alt+enter"})


class Prompt(TextArea):
    """A text area that sends.

    Keys that choose a completion (`tab`, and the arrows while one is offered) are told to the screen and not handled
    here.
    """

    DEFAULT_CSS = """
    Prompt {
        height: auto; max-height: 10; padding: 0 1; background: $background;
        border: none; border-top: solid $primary 40%; border-bottom: solid $primary 40%;
    }
    Prompt:focus { border: none; border-top: solid $primary; border-bottom: solid $primary; }
    """

    @dataclass
    class Submitted(Message):
        """A text was sent."""

        text: str

    @dataclass
    class Choosing(Message):
        """A completion is to be taken (`step` 0), or another of them pointed at (1 or -1)."""

        step: int

    def __init__(self, history: History) -> None:
        super().__init__(
            placeholder="Ask a question.  / for commands, @ to mention, F1 for help",
            id="prompt",
            show_line_numbers=False,
            highlight_cursor_line=False,
            tab_behavior="focus",
        )
        self.sent = history
        self.offering = False

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter" or event.key in _BREAKS:
            event.stop()
            event.prevent_default()
            if event.key == "enter":
                self._send()
            else:
                self.insert("\n")
            return
        step = {"tab": 0, "up": -1, "down": 1}.get(event.key)
        if step is not None and (self.offering or step == 0):
            event.stop()
            event.prevent_default()
            self.post_message(self.Choosing(step))
            return
        if event.key == "up" and self.cursor_location[0] == 0:
            self._recall(event, self.sent.older(self.text))
        elif event.key == "down" and self.cursor_location[0] == self.document.line_count - 1:
            self._recall(event, self.sent.newer())
        # what a text area does with every other key comes next

    async def _on_paste(self, event: events.Paste) -> None:
        if len(event.text) <= _LONGEST:
            return  # what a text area does with it comes next
        event.stop()
        event.prevent_default()
        told = f"{len(event.text):,} characters are more than a question holds; F5 takes a document in."
        self.app.notify(told, severity="warning", markup=False)

    def _send(self) -> None:
        text = self.text.strip()
        if text:
            self.post_message(self.Submitted(text))

    def _recall(self, event: events.Key, text: str | None) -> None:
        event.stop()
        event.prevent_default()
        if text is not None:
            self.put(text)

    def edit(self, edit: Edit) -> EditResult:
        """Change the text; what is typed or pasted is cleaned of what a terminal would obey."""
        edit.text = _plain(edit.text)
        return super().edit(edit)

    def load_text(self, text: str) -> None:
        """Have this text, cleaned alike."""
        super().load_text(_plain(text))

    def put(self, text: str) -> None:
        """Have this text, with the cursor behind it."""
        self.text = text
        self.move_cursor(self.document.end)


def _plain(text: str) -> str:
    """The text without control characters; some terminals send the breaks of pasted lines as carriage returns."""
    return clean(text.replace("\r\n", "\n").replace("\r", "\n"))
