"""Sessions as they are shown: styled pieces of text, none of which is ever read as markup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from collegia.tui.chat.telling import shown

if TYPE_CHECKING:
    from collegia.agents.session_store import SessionRecord
    from collegia.tui.talk import Said

__all__ = ["day", "file_name", "restored", "said_content", "session_label"]

_BRIEF = 200  # characters of an answer in the list of what was said


def day(stamp: str) -> str:
    """The day and the minute of a time as it is stored."""
    return stamp[:16].replace("T", " ")


def session_label(one: SessionRecord) -> Content:
    """A session in the list, on two lines."""
    told = f"  {day(one.updated)}  {one.turns} turn{'' if one.turns == 1 else 's'}"
    return Content.assemble(shown(one.name or one.session_id), "\n", (told, "dim"))


def said_content(one: SessionRecord, said: Sequence[Said]) -> Content:
    """What was said in a session, each with its answer in brief."""
    parts: list[str | tuple[str, str]] = [(shown(one.name or one.session_id), "bold $primary"), "\n"]
    parts.append((f"{shown(one.session_id)}, begun {day(one.created)}, last {day(one.updated)} UTC\n", "dim"))
    for number, turn in enumerate(said, 1):
        parts += [(f"\n{number}  ", "dim"), (shown(turn.text), "bold"), "\n"]
        answer = shown(turn.result.answer_text if turn.result else turn.told)
        parts.append(f"   {_brief(answer)}\n")
    return Content.assemble(*parts).rstrip()


def _brief(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _BRIEF else f"{line[:_BRIEF]}…"


def restored(name: str, said: Sequence[Said]) -> str:
    """What was restored of a session, in words."""
    runs = {one.result.run_id for one in said if one.result is not None}
    turns = f"{len(said)} turn{'' if len(said) == 1 else 's'}"
    lost = sum(1 for one in said if one.result is None)
    rest = f"; {lost} of the turns have no answer of their own" if lost else ""
    return f"Going on with “{name}”: {turns} and {len(runs)} results restored{rest}."


def file_name(name: str) -> str:
    """A name for the file of a session: letters, digits and dashes of its own name."""
    words = "".join(letter if letter.isalnum() else " " for letter in name).split()
    return ("-".join(words)[:60] or "session") + ".md"
