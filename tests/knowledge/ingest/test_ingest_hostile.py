"""Files that would do harm: each is refused by itself, with a reason, and the rest goes in."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import time
import zipfile
from pathlib import Path

import pytest

from collegia.knowledge.ingest import Limits, ingest
from tests.knowledge.ingest.conftest import SENTENCE, docx_of, pdf, with_part

WORD = "word/document.xml"
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">%s]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&z;</w:t></w:r>
</w:p></w:body></w:document>""" % b"".join(
    b'<!ENTITY %c "%s">' % (letter + 1 if letter < 121 else 122, b"&%c;" % letter * 10) for letter in range(97, 122)
)


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def some_docx() -> bytes:
    return docx_of(lambda document: document.add_paragraph(SENTENCE))


def hostile() -> dict[str, tuple[bytes, str]]:
    """Files and what is said of them."""
    return {
        "empty.md": (b"", "is empty"),
        "white.md": (b" \n\t\n", "is empty"),
        "marks.md": (b"****\n\n``", "yields no text"),
        "latin.txt": ("Wärme".encode("latin-1"), "not UTF-8 (at byte 1); convert it"),
        "broken.md": (b"# A\n\xff\xfe\xfd", "not UTF-8"),
        "nul.txt": (b"a\0b", "NUL"),
        "half.txt": (b"\xff\xfea\0b", "not UTF-16"),
        "program.md": (b"\x7fELF\x02\x01\x01" + b"\0" * 50, "its content is a program"),
        "picture.txt": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "its content is a PNG picture"),
        "page.txt": (b"<!DOCTYPE html><html><p>x</p></html>", "its content is HTML"),
        "really.md": (pdf("x"), "its content is PDF"),
        "text.pdf": (b"just text", "its name says pdf, but its content is something else"),
        "text.docx": (b"just text", "its name says docx"),
        "old.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "an old or an encrypted Office file"),
        "sheet.docx": (archive(**{"xl/workbook.xml": b"<x/>"}), "no Word document"),
        "cut.docx": (some_docx()[:-200], "damaged zip archive"),
        "no_xml.docx": (with_part(some_docx(), WORD, b"<<<"), "damaged Word document"),
        "laughs.docx": (with_part(some_docx(), WORD, LAUGHS), ""),
        "bomb.docx": (with_part(some_docx(), WORD, b"<w>" + b" " * 40_000_000 + b"</w>"), "unpacks from"),
        "scan.pdf": (pdf("", ""), "its 2 pages hold no text"),
        "bomb.pdf": (pdf("x", content=b"BT " + b"(aaaa) Tj " * 8_000_000), "unpacks to more than may be"),
        "cut.pdf": (pdf("x")[:300], "damaged PDF"),
        "plain.html": (b"no tag at all", "no tag"),
        "script.html": (b"<script>x</script>", "yields no text"),
        "lie.html": (b"<meta charset='utf-8'><p>\xe4", "not UTF-8"),
        "codec.html": (b"<meta charset='zip'><p>x", "no known encoding"),
        "rows.jsonl": (b"nothing\n[1]\n", "none of its rows can be used"),
        "deep.jsonl": (b"[" * 200_000, "nested too deeply"),
        "ragged.csv": (b'a,b\n"x', "no row of a table"),
        "code.py": (b"print()", "files named .py are not read"),
    }


def test_hostile_files_are_refused_one_by_one_and_the_rest_goes_in(store, folder):
    made = hostile()
    for name, (content, _) in made.items():
        (folder / name).write_bytes(content)
    for number in range(3):
        (folder / f"good{number}.md").write_text(f"# Good {number}\n\n{SENTENCE}")
    with (folder / "endless.txt").open("wb") as file:  # 2 GB in one line, which take no room on the disk
        file.truncate(2_000_000_000)
    report = ingest(store, [folder])
    why = {Path(one.source).name: one.why for one in report.refused}
    assert {one.name for one in store.documents()} == {f"good{number}.md" for number in range(3)}
    assert report.added == 3
    assert set(why) == {*made, "endless.txt"}
    for name, (_, said) in made.items():
        assert said in why[name], (name, why[name])
    assert why["endless.txt"] == "it has 2,000,000,000 bytes; 100,000,000 are the most"


def test_a_line_without_end_is_refused_by_its_number(store, folder):
    for name in ("a.txt", "a.md", "a.jsonl", "a.csv"):
        (folder / name).write_bytes(b"short\n" + b"x" * 1_000_001)
    report = ingest(store, [folder])
    assert {one.why for one in report.refused} == {"line 2 has 1,000,001 characters; 1,000,000 are the most"}
    assert len(report.refused) == 4


def test_what_yields_more_text_than_may_be_is_refused(store, folder):
    (folder / "a.txt").write_text("word " * 1000)
    (folder / "b.jsonl").write_text('{"text": "some words"}\n' * 1000)
    report = ingest(store, [folder], limits=Limits(characters=2000))
    assert [one.why for one in report.refused] == ["it yields more than 2,000 characters"] * 2


def test_bad_rows_are_refused_one_by_one_and_the_others_go_in(store, folder):
    rows = r"""
{"id": "a", "text": "Good."}
{
{"text": ""}
{"text": "x", "date": "soon"}
{"text": "\ud800"}
{"id": "a", "text": "Again."}
{"text": "\u0000"}
{"id": {}, "text": "x"}
{"id": "\u001b[2J", "text": "x"}
""".strip().split("\n")
    (folder / "a.jsonl").write_text("\n".join(rows + ["oops"] * 100))
    report = ingest(store, [folder])
    assert report.added == 1
    said = [(one.source.rpartition("/files/")[2], one.why) for one in report.refused]
    assert len(said) == 21
    assert said[-1] == ("a.jsonl", "88 more rows cannot be used either")
    for (source, why), (line, part) in zip(
        said,
        [
            (2, "is not JSON"),
            (3, "holds no text"),
            (4, "'soon'"),
            (5, "halves"),
            (6, "'a'"),
            (7, "NUL"),
            (8, "id"),
            (9, "id"),
        ],
        strict=False,
    ):
        assert source == f"a.jsonl/#L{line}"
        assert part in why


def test_links_out_of_the_folder_are_refused_and_loops_end(store, folder, tmp_path):
    (tmp_path / "secret.md").write_text("# Secret")
    inner = folder / "inner"
    inner.mkdir()
    (inner / "a.md").write_text("# A\n\n" + SENTENCE)
    (folder / "out.md").symlink_to(tmp_path / "secret.md")
    (folder / "up").symlink_to("..")
    (folder / "loop").symlink_to("loop")
    (folder / "gone.md").symlink_to("nowhere.md")
    (inner / "round").symlink_to("..")
    (inner / "b.md").symlink_to("a.md")
    report = ingest(store, [folder])
    assert [one.name for one in store.documents()] == ["a.md"]
    why = {Path(one.source).name: one.why for one in report.refused}
    assert set(why) == {"out.md", "up", "loop", "gone.md"}
    assert why["out.md"] == f"a link out of {folder.resolve()}; name it to take it in"


def test_a_link_that_is_named_is_followed(store, folder, tmp_path):
    (tmp_path / "a.md").write_text("# A\n\n" + SENTENCE)
    (folder / "link.md").symlink_to(tmp_path / "a.md")
    assert ingest(store, [folder / "link.md"]).added == 1
    assert store.documents()[0].source == (tmp_path / "a.md").resolve().as_posix()


def test_pipes_sockets_and_devices_are_refused_without_waiting(store, folder, monkeypatch):
    os.mkfifo(folder / "pipe.md")
    monkeypatch.chdir(folder)  # a socket's path may not be long
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("socket.md")
        report = ingest(store, [folder, "/dev/zero", "/dev/null"])
    assert {Path(one.source).name: one.why for one in report.refused} == {
        "pipe.md": "is a named pipe, not a file",
        "socket.md": "is a socket, not a file",
        "zero": "is a device, not a file",
        "null": "is a device, not a file",
    }


def test_names_that_drive_a_terminal_or_are_no_text_are_refused(store, folder):
    for name in (b"a\x1b[2J.md", b"b\n.md", b"c\xff.md", "d\u202e.md".encode()):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(SENTENCE)
    report = ingest(store, [folder])
    assert store.documents() == []
    assert [one.source.rpartition("/")[2] for one in report.refused] == [
        "a\\x1b[2J.md", "b\\n.md", "c\\xff.md", "d\\u202e.md",
    ]  # fmt: skip


def test_very_deep_folders_are_walked(store, folder):
    here = folder
    for _ in range(1200):
        here = here / "d"
        try:
            here.mkdir()
        except OSError:  # as deep as the system lets it
            break
    (folder / "a.md").write_text("# A\n\n" + SENTENCE)
    assert ingest(store, [folder]).added == 1
    subprocess.run(["rm", "-rf", folder], check=True)  # Python's own way stops at its depth of recursion


HARM = """
import ctypes, os, sys, time

def crash(data): ctypes.string_at(0)
def leave(data): os._exit(3)
def hang(data): time.sleep(1000)
def grow(data): return "x" * 10**10
def chatter(data):
    os.write(1, b"12\\nnot an answer"); print("noise"); return "Scale is hard."
def fail(data): raise ZeroDivisionError("by zero")
"""


@pytest.fixture
def harm(tmp_path, monkeypatch):
    (tmp_path / "harm.py").write_text(HARM)
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ['PYTHONPATH']}")
    return {f".{name}": f"harm:{name}" for name in ("crash", "leave", "hang", "grow", "chatter", "fail")}


def test_a_reader_that_crashes_hangs_or_grows_costs_its_own_file_only(store, folder, harm):
    for ending in harm:
        (folder / f"a{ending}").write_text("x")
    for number in range(6):
        (folder / f"z{number}.md").write_text(f"# Z{number}\n\n{SENTENCE}")
    start = time.monotonic()
    report = ingest(store, [folder], workers=2, limits=Limits(seconds=4), readers=harm)
    assert time.monotonic() - start < 30
    assert {Path(one.source).name: one.why for one in report.refused} == {
        "a.crash": "its reader crashed (SIGSEGV)",
        "a.leave": "its reader crashed (exit code 3)",
        "a.hang": "reading it takes longer than 4 seconds",
        "a.grow": "reading it takes more than 2,000 MB of memory",
        "a.fail": "its reader failed: ZeroDivisionError: by zero",
    }
    assert report.added == 7


def test_a_file_of_the_folder_is_never_imported(store, folder, monkeypatch, tmp_path):
    marker = tmp_path / "ran"
    for name in ("pypdf", "docx", "llama_index", "json", "collegia"):
        (folder / f"{name}.py").write_text(f"open({str(marker)!r}, 'w')\nraise SystemExit")
    (folder / "a.docx").write_bytes(some_docx())
    (folder / "a.pdf").write_bytes(pdf("Scale is hard."))
    monkeypatch.chdir(folder)
    assert ingest(store, ["a.docx", "a.pdf"]).added == 2
    assert not marker.exists()
