"""The form of a question back: a field for each value that is missing, with its unit named.

What is sent is a plain text, as the prompt would send it, so an answer means the same from either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from collegia.display import clean
from collegia.errors import CollegiaError
from collegia.tui.actions import bindings
from collegia.tui.plain_input import PlainInput

if TYPE_CHECKING:
    from collegia.agents.plan import Missing

__all__ = ["AnswerForm", "Field", "fields_of", "label_content"]

_LONGEST = 300  # characters of one text
_MOST = 20  # fields; the prompt answers what is beyond


def fields_of(missing: Sequence[Missing]) -> tuple[Missing, ...]:
    """What a form has fields for: nothing where no value is missing, but a word on what was meant."""
    return tuple(missing[:_MOST]) if any(one.kind for one in missing) else ()


def label_content(one: Missing) -> Content:
    """What a field is for: the value's name, its unit, what needs it; or the question."""
    from collegia.agents.numbers import format_unit

    if one.question:
        return Content(_short(one.question))
    unit = f", in {format_unit(one.unit)}" if one.unit else ""
    return Content.assemble(
        (_short(one.name), "bold"), _short(unit), (f"  {_short(one.why)}" if one.why else "", "dim")
    )


class Field(Vertical):
    """One missing value: what it is, where it is typed, and what is wrong with what was typed."""

    DEFAULT_CSS = """
    Field { height: auto; }
    Field > Static { height: auto; }
    Field > .wrong { color: $error; display: none; }
    Field > .wrong.-some { display: block; }
    """

    def __init__(self, missing: Missing) -> None:
        super().__init__()
        self.missing = missing

    def compose(self) -> ComposeResult:
        """Label, field, fault."""
        yield Static(label_content(self.missing), classes="label")
        yield PlainInput(compact=True, select_on_focus=False)
        yield Static("", classes="wrong", markup=False)

    def on_descendant_focus(self) -> None:
        """Be seen as a whole, the label with the field."""
        self.scroll_visible(animate=False)

    @property
    def text(self) -> str:
        """What was typed."""
        return self.query_one(Input).value

    def told_wrong(self, fault: str) -> None:
        """Say what is wrong beneath the field; nothing where it is empty."""
        place = self.query_one(".wrong", Static)
        place.update(Content(f"! {_short(fault)}" if fault else ""))
        place.set_class(bool(fault), "-some")


class AnswerForm(VerticalScroll, can_focus=False):
    """The fields, the first of which takes the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("form")]

    DEFAULT_CSS = """
    AnswerForm {
        height: auto; max-height: 14; padding: 0 1; margin: 0 1; border: round $accent; scrollbar-size-vertical: 1;
        border-title-color: $accent;
    }
    """

    @dataclass
    class Submitted(Message):
        """The answer, as a text."""

        text: str

    class Left(Message):
        """The user goes back to the prompt."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__(id="form")
        self.missing = tuple(missing)
        self.border_title = "What is asked back"
        self.border_subtitle = "Enter: next field, then send"

    def compose(self) -> ComposeResult:
        """A field for each."""
        for one in self.missing:
            yield Field(one)

    def enter(self) -> None:
        """Put the focus into the first field that is empty, or else into the first."""
        fields = list(self.query(Field))
        empty = [one for one in fields if not one.text.strip()]
        (empty or fields)[0].query_one(Input).focus()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter in a field."""
        message.stop()
        self.action_send()

    def action_send(self) -> None:
        """Go to the next empty field, or send where none is left."""
        fields = list(self.query(Field))
        here = next((place for place, one in enumerate(fields) if one.query_one(Input).has_focus), -1)
        if here >= 0 and not self._right(fields[here]):
            return
        later = [*fields[here + 1 :], *fields[: here + 1]]
        empty = next((one for one in later if not one.text.strip()), None)
        if empty is not None:
            empty.query_one(Input).focus()
        elif all(self._right(one) for one in fields):
            from collegia.agents.question import composed_answer

            self.post_message(self.Submitted(composed_answer(self.missing, [one.text for one in fields])))

    def _right(self, field: Field) -> bool:
        """Whether a field holds an answer or nothing; else it says why not."""
        from collegia.agents.question import answer_part, read_answer

        fault = ""
        if field.text.strip():
            try:
                read_answer(answer_part(field.missing, field.text))
            except CollegiaError as error:
                fault = str(error)
        field.told_wrong(fault)
        if fault:
            field.query_one(Input).focus()
        return not fault

    def action_leave(self) -> None:
        """Back to the prompt; the question stays."""
        self.post_message(self.Left())


def _short(text: str) -> str:
    return clean(text[:_LONGEST]) + ("…" if len(text) > _LONGEST else "")
