"""One input of an expert as a field: what it is, where it is written or chosen, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Select, Static

from collegia.tui.chat.telling import shown
from collegia.tui.line import Line

if TYPE_CHECKING:
    from collegia.tools.card import Port

__all__ = ["Field"]


class Field(Vertical):
    """A field made from the type of an input.

    Args:
        port: the input.
    """

    DEFAULT_CSS = """
    Field { height: auto; margin: 0 0 1 0; }
    Field > .label { height: auto; }
    Field > .fault { height: auto; color: $error; display: none; }
    Field.-wrong > .fault { display: block; }
    """

    def __init__(self, port: Port) -> None:
        super().__init__()
        self.port = port

    def compose(self) -> ComposeResult:
        """The label, the place to write or to choose, the fault."""
        from collegia.agents.fields import choices, written

        yield Static(self._label(), classes="label")
        default = "" if self.port.default is None else written(self.port.default, self.port)
        known = choices(self.port.kind)
        if known and default in ("", *known):
            told = shown(f"{default}, unless another is chosen") if default else "choose"
            yield Select(((Content(shown(one)), one) for one in known), prompt=told, compact=True)
        else:
            yield Line(placeholder=shown(f"{default} (default)" if default else ""), compact=True)
        yield Static("", classes="fault", markup=False)

    def _label(self) -> Content:
        from collegia.agents.fields import field_note, unit_told

        unit, note = unit_told(self.port.kind), field_note(self.port)
        name = self.port.name.replace("_", " ")
        what = self.port.kind.label if self.port.kind.label != name else ""
        return Content.assemble(
            (shown(name), "bold"), f"  {shown(what)}" if what else "", (f"  [{unit}]" if unit else "", "$accent"),
            (f"  {shown(note)}" if note else "", "dim"),
        )  # fmt: skip

    @property
    def words(self) -> str:
        """What is written or chosen; empty where nothing is."""
        for one in self.query(Select):
            return "" if one.value is Select.NULL else str(one.value)
        return self.query_one(Input).value

    def put(self, words: str) -> None:
        """Write or choose it."""
        for one in self.query(Select):
            one.value = words or Select.NULL
        for field in self.query(Input):
            field.value = words

    def show_fault(self, fault: str) -> None:
        """Say what is wrong, or that nothing is."""
        self.set_class(bool(fault), "-wrong")
        self.query_one(".fault", Static).update(Content(shown(f"✗ {fault}") if fault else ""))

    def reach(self) -> None:
        """Take the focus."""
        self.query_one("Input, Select").focus()
