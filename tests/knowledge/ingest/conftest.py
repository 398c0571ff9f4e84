"""A store in a folder, and files of every kind, made by hand."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from collegia.knowledge.store import KnowledgeStore

SENTENCE = "Fouling lowers the heat transfer of an exchanger."


def pdf(*pages: str, title: str = "", content: bytes | None = None) -> bytes:
    """A PDF with a line of text on each page, or with this as the compressed content of each."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, text in enumerate(pages):
        drawn = content
        if drawn is None:
            lines = "".join(f"({line}) Tj 0 -14 Td " for line in text.split("\n"))
            drawn = f"BT /F1 12 Tf 72 720 Td {lines}ET".encode("latin-1") if text else b""
        packed = zlib.compress(drawn, 9)
        parts.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        head = f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode()
        parts.append(head + packed + b"\nendstream")
    parts.append(f"<< /Title ({title}) /CreationDate (D:20210304050607Z) >>".encode())
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, part in enumerate(parts, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, part))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    trailer = f"trailer\n<< /Size {len(parts) + 1} /Root 1 0 R /Info {len(parts)} 0 R >>\nstartxref\n{start}\n%%EOF"
    out.write(trailer.encode())
    return out.getvalue()


def docx_of(write: Callable[[object], None]) -> bytes:
    """A Word document that was written by `write`."""
    import docx

    document = docx.Document()
    write(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """An archive with one part put in the place of another of that name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[KnowledgeStore]:
    """A store in a folder of its own."""
    one = KnowledgeStore(tmp_path / "knowledge" / "store.db")
    yield one
    one.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for files."""
    made = tmp_path / "files"
    made.mkdir()
    return made
