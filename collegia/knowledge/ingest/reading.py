"""What reading a file gives: texts, and what of it could not be used."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Reading", "Text"]


@dataclass(frozen=True, slots=True)
class Text:
    """A text that becomes a document.

    Attributes:
        form: "markdown" or "text".
        date: the day that the file itself says it is of, as YYYY-MM-DD; empty where it does not.
        part: which record of the file it is; empty for the whole file.
    """

    text: str
    title: str = ""
    form: str = "text"
    date: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The texts of a file, and the parts of it that were refused, each with a reason."""

    texts: tuple[Text, ...]
    refused: tuple[tuple[str, str], ...] = ()
