"""What is read of each kind of file."""

from __future__ import annotations

import json

import pytest

from collegia.knowledge.ingest import ingest
from tests.knowledge.ingest.conftest import SENTENCE, docx_of, pdf


@pytest.fixture
def taken(store, folder):
    """Write a file, take it in, and give what is stored of it: (document, text) pairs."""

    def take(name, content):
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        report = ingest(store, [folder], workers=1)
        assert report.refused == (), report.refused
        return [(one, store.text(one.id)) for one in store.documents()]

    return take


def test_markdown_is_stored_as_it_is_written(taken):
    text = "# Fouling\n\n" + SENTENCE + "\n\n- one\n- two"
    ((one, stored),) = taken("a.md", text)
    assert stored == text
    assert (one.name, one.title, one.form, one.collection) == ("a.md", "Fouling", "markdown", "user")


def test_front_matter_names_and_dates_the_document_and_keeps_every_place(taken):
    text = "---\ntitle: 'Dirt'\ndate: 2024-02-29\ntags: x\n---\n# Other\n\n" + SENTENCE
    ((one, stored),) = taken("a.md", text)
    assert (one.title, one.date) == ("Dirt", "2024-02-29")
    assert stored.index(SENTENCE) == text.index(SENTENCE)
    assert "tags" not in stored


def test_a_date_that_is_none_is_left_out(taken):
    ((one, _),) = taken("a.md", "---\ndate: 2023-02-29\n---\n" + SENTENCE)
    assert one.date == ""


def test_text_with_windows_line_ends_and_a_mark_reads_as_text(taken):
    ((one, stored),) = taken("a.txt", b"\xef\xbb\xbfOne line.\r\nAnother.\r\n")
    assert (stored, one.form) == ("One line.\nAnother.", "text")


def test_utf_16_with_its_mark_is_read(taken):
    ((_, stored),) = taken("a.txt", "Wärme fließt.".encode("utf-16"))
    assert stored == "Wärme fließt."


def test_a_file_without_an_ending_is_text(taken):
    ((one, stored),) = taken("README", SENTENCE)
    assert (one.form, stored) == ("text", SENTENCE)


def test_endless_white_space_is_cut(taken):
    ((_, stored),) = taken("a.txt", "One." + "\n" * 100_000 + "Two." + " " * 100_000 + "Three.")
    assert stored == "One.\n\n\nTwo.        Three."


PAGE = """<!doctype html><html><head><title>Site - Dirt</title><meta name="date" content="2020-05-06T07:08:09Z">
<style>.x{color:red}</style><script>alert("no")</script></head><body><h1>Fouling &amp; dirt</h1>
<p>Fouling <b>lowers</b>
heat transfer.</p><ul><li>scale<ul><li>soft</li></ul></li><li>coke</li></ul><h2>Figures</h2>
<table><tr><th>kind</th><th>m²K/W</th></tr><tr><td>river</td><td>0.0004</td></tr></table>
<pre>a = 1
  b = 2</pre># not a heading</body></html>"""


def test_html_keeps_headings_lists_and_tables_and_no_script(taken):
    ((one, stored),) = taken("a.html", PAGE)
    assert (one.title, one.date, one.form) == ("Fouling & dirt", "2020-05-06", "markdown")
    assert stored == (
        "# Fouling & dirt\n\nFouling lowers heat transfer.\n\n- scale\n- soft\n- coke\n\n## Figures\n\n"
        "| kind | m²K/W |\n| --- | --- |\n| river | 0.0004 |\n\n    a = 1\n      b = 2\n\n    # not a heading"
    )


@pytest.mark.parametrize(
    ("stated", "headings", "wanted"),
    [
        ("Vectors - The Book", "<h1>Vectors</h1>", "Vectors"),
        ("Vectors - The Book", "<h1>The Book</h1><h2>Vectors</h2>", "Vectors"),
        ("The Book", "<h1>The Book</h1>", "The Book"),
        ("The Book", "<h1>One</h1><h1>Two</h1>", "The Book"),
        ("The Book", "<p>One</p>", "The Book"),
    ],
)
def test_a_page_is_called_by_its_own_heading_and_not_by_that_of_its_site(taken, stated, headings, wanted):
    ((one, _),) = taken("a.html", f"<title>{stated}</title>{headings}<p>{SENTENCE}")
    assert one.title == wanted


def test_html_is_read_in_the_encoding_that_it_states(taken):
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>Wärme</p></body></html>'
    ((_, stored),) = taken("a.htm", page.encode("latin-1"))
    assert stored == "Wärme"


def test_a_page_of_a_hundred_thousand_nested_tags_is_read(taken):
    ((_, stored),) = taken("a.html", "<div>" * 100_000 + "<p>" + SENTENCE)
    assert stored == SENTENCE


def test_a_pdf_tells_pages_apart_and_joins_cut_words(taken):
    ((one, stored),) = taken("a.pdf", pdf("Scale lowers heat trans-\nfer.", "Coke blocks tubes.", title="Dirt"))
    assert stored == "Scale lowers heat transfer.\n\n\f\nCoke blocks tubes."
    assert (one.title, one.date, one.form) == ("Dirt", "2021-03-04", "text")


def test_a_word_document_keeps_title_headings_lists_and_tables(taken):
    def write(document):
        document.add_heading("Fouling", 0)
        document.add_heading("Kinds", 1)
        document.add_paragraph(SENTENCE)
        document.add_paragraph("scale", style="List Bullet")
        table = document.add_table(2, 2)
        for cell, said in zip([cell for row in table.rows for cell in row.cells], "abcd", strict=True):
            cell.text = said

    ((one, stored),) = taken("a.docx", docx_of(write))
    assert (one.title, one.form) == ("Fouling", "markdown")
    assert stored == f"# Fouling\n\n## Kinds\n\n{SENTENCE}\n\n- scale\n\n| a | b |\n| --- | --- |\n| c | d |"


def test_each_row_of_a_table_is_found_and_cited_alone(store, taken):
    ((one, stored),) = taken("pumps.csv", 'tag,service,head in m\nP-101,"cooling; water",45\nP-102,,12\n')
    assert one.passages == 2
    spans = [stored[each.start : each.end] for each in store.passages([1, 2]).values()]
    assert spans == ["Row 2: tag: P-101; service: cooling; water; head in m: 45.", "Row 3: tag: P-102; head in m: 12."]


def test_rows_of_figures_only_share_passages(taken):
    ((one, stored),) = taken("a.csv", "x,y\n" + "".join(f"{n},{n * n}\n" for n in range(100)))
    assert stored.startswith("Row 2: x: 0; y: 0.\n\nRow 3: x: 1; y: 1.")
    assert one.passages == 3


def test_a_table_may_be_parted_by_semicolons_or_tabs(taken):
    found = taken("a.csv", "a;b\nx;1,5\n") + taken("b.tsv", "a\tb\nx\t1,5\n")
    assert {text for _, text in found} == {"## x\n\nRow 2: a: x; b: 1,5."}


def test_rows_with_a_text_are_documents_with_their_own_id_title_and_date(taken):
    rows = [
        {"id": "scale", "title": "Scale", "text": "Scale is hard.", "date": "2020-01-02", "more": 1},
        {"id": 7, "text": "Coke is black."},
        {"text": "Dirt is soft."},
    ]
    found = taken("rows.jsonl", "\n\n".join(map(json.dumps, rows)))
    assert [(one.name, one.title, one.date, text) for one, text in found] == [
        ("rows.jsonl#7", "", "", "Coke is black."),
        ("rows.jsonl#L5", "", "", "Dirt is soft."),
        ("rows.jsonl#scale", "Scale", "2020-01-02", "Scale is hard."),
    ]
    assert [one.source.rpartition("/files/")[2] for one, _ in found] == [
        "rows.jsonl/#7", "rows.jsonl/#L5", "rows.jsonl/#scale",
    ]  # fmt: skip


def test_objects_without_a_text_are_told_as_rows(taken):
    ((_, stored),) = taken("a.jsonl", '{"tag": "P-101", "head": 45, "on": null, "at": [1, 2]}')
    assert stored == "## P-101\n\nRow 1: tag: P-101; head: 45; at: [1, 2]."


def test_another_kind_is_read_by_a_reader_of_llama_index(store, folder):
    (folder / "a.rtf").write_text(r"{\rtf1 Scale lowers {\b heat} transfer.}")
    report = ingest(store, [folder], readers={".rtf": "llama_index.readers.file:RTFReader"})
    assert report.added == 1, report.refused
    assert store.text(1).strip() == "Scale lowers heat transfer."
