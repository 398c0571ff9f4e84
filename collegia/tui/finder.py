"""What screens of many things have in common: a field that narrows a list, and a text on the one pointed at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from collegia.tui.actions import bindings
from collegia.tui.line import Line
from collegia.tui.room import Room

__all__ = ["Finder"]

_LONGEST = 200  # characters of what is typed that are looked for


class Finder(Room):
    """The field keeps the focus; the arrows point in the list, the page keys scroll the text.

    A subclass sets `HINT`, and says what happens when something was typed (`narrow`), when another thing is pointed at
    (`show`) and when it is clicked (`choose`). Options have ids.
    """

    HINT: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("room", "finder")]
    SCOPES: ClassVar[tuple[str, ...]] = ("room", "finder")

    DEFAULT_CSS = """
    Finder #found { width: 36; border-right: solid $primary 40%; }
    Finder #found > Input { border: none; height: 1; padding: 0 1; background: $surface; }
    Finder #found > OptionList { border: none; height: 1fr; padding: 0; background: $background; }
    Finder #about { width: 1fr; padding: 0 1; }
    """

    def content(self) -> ComposeResult:
        """The list below its field, the text beside them."""
        with Horizontal():
            with Vertical(id="found"):
                yield Line(self.argument, placeholder=self.HINT)
                yield _List(compact=True, markup=False)
            with VerticalScroll(id="about", can_focus=False):
                yield Static("", markup=False)

    def narrow(self) -> None:
        """Something else is looked for."""
        raise NotImplementedError

    def show(self) -> None:
        """Something else is pointed at."""
        raise NotImplementedError

    def choose(self) -> None:
        """It is clicked."""
        raise NotImplementedError

    # -- what a subclass works with

    @property
    def query_text(self) -> str:
        """What is looked for."""
        return self.query_one(Input).value[:_LONGEST].strip()

    @property
    def chosen(self) -> str:
        """The id of what is pointed at; empty where nothing is."""
        listed = self.query_one(_List)
        option = None if listed.highlighted is None else listed.get_option_at_index(listed.highlighted)
        return (option.id or "") if option else ""

    def fill(self, options: Iterable[Option], point_at: str = "") -> None:
        """List these, and point at the one of that id, else at the first."""
        listed = self.query_one(_List)
        listed.clear_options()
        listed.add_options(options)
        able = [place for place in range(listed.option_count) if not listed.get_option_at_index(place).disabled]
        wanted = [place for place in able if listed.get_option_at_index(place).id == point_at]
        listed.highlighted = next(iter((*wanted, *able)), None)
        self.show()

    def about(self, content: Content) -> None:
        """Show a text on what is pointed at, from its start."""
        self.query_one("#about > Static", Static).update(content)
        self.query_one("#about").scroll_home(animate=False)

    # -- what the user does

    def on_input_changed(self) -> None:
        """Narrow the list."""
        self.narrow()

    def on_option_list_option_highlighted(self) -> None:
        """Tell of it."""
        self.show()

    def on_option_list_option_selected(self) -> None:
        """Take it."""
        self.choose()

    def action_up(self) -> None:
        """Point at the one before."""
        self.query_one(_List).action_cursor_up()

    def action_down(self) -> None:
        """Point at the next."""
        self.query_one(_List).action_cursor_down()

    def action_page_up(self) -> None:
        """Scroll the text up."""
        self.query_one("#about").scroll_page_up(animate=False)

    def action_page_down(self) -> None:
        """Scroll the text down."""
        self.query_one("#about").scroll_page_down(animate=False)


class _List(OptionList, can_focus=False):
    """The list, which the keys of the screen point in."""
