"""From bytes to text, and from a file's first bytes to what it really is."""

from __future__ import annotations

import codecs
import re

from collegia.knowledge.ingest.limits import Unreadable

__all__ = ["check_lines", "decoded", "sniffed", "tidy"]

_BEGINS = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "a zip archive (DOCX, XLSX, EPUB …)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or an encrypted Office file"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"{\\rtf", "RTF"),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_WIDE = re.compile(r"[^\S\n]{200,}")


def sniffed(data: bytes) -> str:
    """What these bytes are by how they begin, in words; "HTML", or "" for anything that may be text."""
    for begin, what in _BEGINS:
        if data.startswith(begin):
            return what
    return "HTML" if _HTML.match(data[:2048].removeprefix(codecs.BOM_UTF8).decode("latin-1")) else ""


def decoded(data: bytes, charset: str = "") -> str:
    """The text of these bytes: as their byte order mark says, else in `charset`, else in UTF-8. Nothing is guessed.

    Raises:
        Unreadable: they are in no such encoding, or hold NULs.
    """
    named = next((name for mark, name in _MARKS if data.startswith(mark)), charset or "utf-8")
    try:
        text = data.decode(named).removeprefix("\ufeff")
    except LookupError:
        raise Unreadable(f"it says that it is in {named!r}, which is no known encoding") from None
    except UnicodeDecodeError as error:
        if named == "utf-8" and b"\0" in data[:4096]:
            raise Unreadable("it is no text: it holds NUL bytes") from None
        how = "" if named != "utf-8" or charset else "; convert it, for example with `iconv -f WINDOWS-1252 -t UTF-8`"
        raise Unreadable(f"it is not {named.upper()} (at byte {error.start}){how}") from None
    except ValueError as error:  # codecs that are no text encodings
        raise Unreadable(f"it cannot be read as {named!r}: {error}") from None
    if "\0" in text:
        raise Unreadable("it is no text: it holds NUL bytes")
    return text


def check_lines(text: str, most: int) -> None:
    """See that no line is too long.

    Raises:
        Unreadable: one is; with its number.
    """
    start, number = 0, 1
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end - start > most:
            raise Unreadable(f"line {number} has {end - start:,} characters; {most:,} are the most")
        start, number = end + 1, number + 1


def tidy(text: str) -> str:
    """The text with plain line ends and no endless white space.

    Two empty lines stand for any number of them. What reads the text later may look at white space again and again, so
    there is never much of it.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept: list[str] = []
    empty = 0
    for line in lines:
        shown = _WIDE.sub(" " * 8, line).rstrip()
        empty = 0 if shown else empty + 1
        if empty <= 2:
            kept.append(shown)
    return "\n".join(kept).strip("\n")
