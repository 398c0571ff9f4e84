"""PDF by llama-index's reader, page after page; a form feed stands between pages, so a span tells its page."""

from __future__ import annotations

import io
import re
from typing import Any, cast

from collegia.knowledge.ingest.decode import tidy
from collegia.knowledge.ingest.limits import Limits, Unreadable
from collegia.knowledge.ingest.reading import Reading, Text

__all__ = ["read_pdf"]

_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_NO_TITLE = re.compile(r"untitled|microsoft word - .*|.*\.(?:docx?|indd|tex|pdf|qxd|rtf)|\W*", re.IGNORECASE)


class _Held:
    """A file system of one file, already read: the reader gets the very bytes that were checked."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def open(self, path: str, mode: str = "rb") -> io.BytesIO:
        return io.BytesIO(self._data)


def read_pdf(data: bytes, limits: Limits) -> Reading:
    """The text of a PDF.

    Words that a line end cuts are joined. Scanned pages hold no text, and nothing is guessed from pictures.

    Raises:
        Unreadable: it is damaged or encrypted, holds no text, or unpacks to too much.
    """
    from pathlib import Path

    from llama_index.readers.file import PDFReader
    from pypdf import PdfReader
    from pypdf.errors import LimitReachedError, PyPdfError
    from tenacity import stop_after_attempt

    try:
        about = PdfReader(io.BytesIO(data))
        if about.is_encrypted and not about.decrypt(""):
            raise Unreadable("it is encrypted; save it without a password")
        told = about.metadata
        title = " ".join(str((told.title if told else "") or "").split())
        date = _day(about)
        # what fails once fails again; the reader would try three times and hide the reason
        load = cast(Any, PDFReader.load_data).retry_with(stop=stop_after_attempt(1), reraise=True)
        pages = [page.text for page in load(PDFReader(), Path("file.pdf"), fs=cast(Any, _Held(data)))]
    except LimitReachedError as error:
        raise Unreadable(f"it unpacks to more than may be: {error}") from None
    except PyPdfError as error:
        raise Unreadable(f"it is a damaged PDF: {error}") from None
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        # pypdf trusts the structure of what it reads, so a damaged file ends in any of these
        raise Unreadable(f"it is a damaged PDF: {type(error).__name__}: {error}") from None
    if not any(page.strip() for page in pages):
        raise Unreadable(f"its {len(pages)} pages hold no text; a scanned document has to go through OCR first")
    if sum(map(len, pages)) > limits.characters:
        raise Unreadable(f"it yields more than {limits.characters:,} characters")
    text = "\n\n\f\n".join(tidy(_HYPHEN.sub("", _clean(page))) for page in pages)
    return Reading((Text(text, title="" if _NO_TITLE.fullmatch(title) else title, date=date),))


def _clean(page: str) -> str:
    """A page without what cannot be stored: NULs and halves of characters, which bad fonts give."""
    return (
        page.encode("utf-8", "replace").decode("utf-8").replace("\0", "\N{REPLACEMENT CHARACTER}").replace("\f", "\n")
    )


def _day(about: Any) -> str:
    """The day it was made; empty where it says none, or none that can be read."""
    try:
        made = about.metadata.creation_date if about.metadata else None
    except (ValueError, TypeError, AttributeError):  # a date in a form of its own
        return ""
    return made.date().isoformat() if made else ""
