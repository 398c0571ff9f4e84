"""What stands on the first screen: what this is, and three questions that work right now."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from collegia.display import clean
from collegia.errors import CollegiaError

if TYPE_CHECKING:
    from collegia.agents.assistant import Assistant

__all__ = ["Welcome", "questions_of"]

_HEAD = "Collegia, a college of experts"
_MOST = 3


async def questions_of(assistant: Assistant) -> list[str]:
    """Questions of the installed domains that have a plan right now, by turns one of each domain, three at most.

    What a domain offers may need a library or a document that is not there; such a question is passed over.
    """
    offered = [list(domain.ask) for domain in assistant.registry.domains.values()]
    found: list[str] = []
    for question in (one for row in zip_longest(*offered) for one in row if one):
        try:
            proposal = await assistant.plan(question)
        except CollegiaError:
            continue
        if proposal.status == "plan":
            found.append(question)
        if len(found) == _MOST:
            break
    return found


class Welcome(Static):
    """The welcome; the digits 1 to 3 in an empty prompt take its questions."""

    DEFAULT_CSS = """
    Welcome { height: auto; padding: 1 2; margin: 0 0 1 0; border: round $primary 40%; }
    """

    def __init__(self) -> None:
        super().__init__(
            Content.assemble((_HEAD, "bold $primary"), "\n", ("loading the experts…", "dim")), id="welcome"
        )
        self.questions: tuple[str, ...] = ()

    def ready(self, questions: Sequence[str], told: str) -> None:
        """Show what is installed, and the questions."""
        self.questions = tuple(questions)
        parts: list[str | tuple[str, str]] = [(_HEAD, "bold $primary"), "\n", (clean(told), "dim"), "\n"]
        if self.questions:
            parts.append("\nAsk, for example (press the number, then Enter):\n")
        for place, one in enumerate(self.questions, 1):
            parts += [(f"  {place}  ", "bold $accent"), clean(one), "\n"]
        parts.append(("\nF1 help · Ctrl+P everything by name · / commands · Ctrl+Q quit", "dim"))
        self.update(Content.assemble(*parts))
