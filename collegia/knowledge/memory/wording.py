"""What may be remembered at all, and how it is shown: one line of bounded, visible text."""

from __future__ import annotations

import unicodedata

from collegia.errors import UsageError

__all__ = ["LONGEST", "checked", "checked_source", "shown"]

LONGEST = 1000
"""Characters a sentence may have; what is longer is a document."""
_LONGEST_SOURCE = 200
_REFUSED = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def checked(text: str, what: str = "what is to be remembered", longest: int = LONGEST) -> str:
    """The text without white space around it, every blank a plain one.

    Raises:
        UsageError: it is empty or too long, or holds a character that is not seen; the message says where.
    """
    said = unicodedata.normalize("NFC", text.strip())
    if not said:
        raise UsageError(f"{what} is empty")
    if len(said) > longest:
        raise UsageError(
            f"{what} has {len(said):,} characters; at most {longest:,} are kept. Add a document with `collegia kb add`"
        )
    for place, one in enumerate(said, 1):
        if unicodedata.category(one) in _REFUSED:
            name = unicodedata.name(one, "a control character")
            raise UsageError(
                f"{what} holds U+{ord(one):04X} ({name.lower()}) as character {place}; say it in one line of plain text"
            )
    return " ".join(said.split())


def checked_source(source: str) -> str:
    """A source, as `checked`."""
    return checked(source, "the source of what is to be remembered", _LONGEST_SOURCE)


def shown(text: str) -> str:
    """The text with every character that is not seen written out, so that none can drive a terminal or turn a line."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape", "replace").decode() for one in text)
