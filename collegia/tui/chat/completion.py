"""What could be meant by what is being typed: a command after `/`, a document, an expert or a domain after `@`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.fuzzy import Matcher
from textual.widgets import OptionList
from textual.widgets.option_list import Option

__all__ = ["Choice", "Completion", "candidates"]

_MOST = 8
_COMMAND = re.compile(r"/([\w-]*)$")
_MENTION = re.compile(r"""(?:^|(?<=[\s(]))@("[^"\n]*|[^\s@"]*)$""")


@dataclass(frozen=True, slots=True)
class Choice:
    """One completion: `text` takes the place of what is typed from `start` on; `told` says what it is."""

    text: str
    told: str
    start: int


def candidates(typed: str, commands: Mapping[str, str], mentions: Mapping[str, str]) -> list[Choice]:
    """The completions of what stands before the cursor, the likeliest first.

    Args:
        typed: the text up to the cursor.
        commands: what can be typed after the slash, with what it does.
        mentions: what can be typed after @, as it is typed there, with what it is.
    """
    if found := _COMMAND.fullmatch(typed):
        return [Choice(f"/{name} ", told, 0) for name, told in _alike(found[1], commands)]
    if found := _MENTION.search(typed):
        return [Choice(f"@{name} ", told, found.start()) for name, told in _alike(found[1], mentions)]
    return []


def _alike(typed: str, known: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    if not typed:
        return list(known.items())[:_MOST]
    matcher = Matcher(typed)
    scored = [(matcher.match(name), name) for name in known]
    return [(name, known[name]) for score, name in sorted(scored, key=lambda one: -one[0])[:_MOST] if score > 0]


class Completion(OptionList, can_focus=False):
    """The completions above the prompt; it never has the focus."""

    DEFAULT_CSS = """
    Completion { height: auto; max-height: 8; display: none; border: none; padding: 0 1; background: $surface; }
    Completion.-offered { display: block; }
    """

    def __init__(self) -> None:
        super().__init__(id="completion", compact=True)
        self.choices: tuple[Choice, ...] = ()

    def offer(self, choices: Iterable[Choice]) -> None:
        """Show these, or nothing where there are none."""
        self.choices = tuple(choices)
        self.set_class(bool(self.choices), "-offered")
        self.clear_options()
        self.add_options(
            Option(Content.assemble((f"{one.text.strip():<24}", "bold"), " ", (one.told, "dim")))
            for one in self.choices
        )
        self.highlighted = 0 if self.choices else None

    def point(self, step: int) -> None:
        """Point at the next or the one before."""
        if self.choices:
            self.highlighted = ((self.highlighted or 0) + step) % len(self.choices)

    @property
    def chosen(self) -> Choice | None:
        """The one pointed at."""
        return self.choices[self.highlighted] if self.choices and self.highlighted is not None else None
