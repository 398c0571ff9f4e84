"""`collegia kb`: documents go in, are listed, shown and removed; the store is mended."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from collegia.cli.completing import collections, documents
from collegia.cli.err import finish
from collegia.cli.options import OutputOption, group
from collegia.cli.out import Output

__all__ = ["app"]

app = group("The knowledge store: documents and what was found in them.")

_DocumentArgument = Annotated[
    str, typer.Argument(metavar="DOC", help="Its name, its path, or its source.", autocompletion=documents)
]


@app.command()
def add(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH…", help="Files, folders, patterns such as 'docs/**/*.md'.")
    ],
    collection: Annotated[
        str,
        typer.Option(
            "--collection",
            "-c",
            metavar="NAME",
            help="The group that the documents belong to.",
            autocompletion=collections,
        ),
    ] = "user",
    extract: Annotated[
        bool, typer.Option("--extract", help="Have the model of the role extractor read the collection's new passages.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Tell only what is refused.")] = False,
    output: OutputOption = Output.text,
) -> None:
    """Take documents in: Markdown, text, HTML, PDF, DOCX, CSV, JSON Lines.

    What has not changed is left alone. What cannot be read is refused by itself, and the rest goes in: then the exit
    code is 5, or 1 where nothing went in. A row with a field "text" (and "id", "title", "date") is a document of its
    own.
    """
    from collegia.cli.kb_show import add_paths

    finish(lambda: add_paths(paths, collection, quiet, output, extract=extract))


@app.command()
def status(output: OutputOption = Output.text) -> None:
    """Tell where the store is and what it holds."""
    from collegia.cli.kb_show import show_status

    finish(lambda: show_status(output))


@app.command("list")
def list_(
    collection: Annotated[
        str | None,
        typer.Option(
            "--collection", "-c", metavar="NAME", help="Only the documents of this group.", autocompletion=collections
        ),
    ] = None,
    output: OutputOption = Output.text,
) -> None:
    """List the documents by name."""
    from collegia.cli.kb_show import list_documents

    finish(lambda: list_documents(collection, output))


@app.command()
def show(
    document: _DocumentArgument,
    span: Annotated[
        str | None, typer.Option("--span", metavar="A:B", help="Only the characters from A to before B, as cited.")
    ] = None,
    output: OutputOption = Output.text,
) -> None:
    """Show the text of a document, or what a citation's span says."""
    from collegia.cli.kb_show import show_document

    finish(lambda: show_document(document, span, output))


@app.command()
def remove(
    documents: Annotated[
        list[str], typer.Argument(metavar="DOC…", help="Names, paths or sources.", autocompletion=documents)
    ],
    output: OutputOption = Output.text,
) -> None:
    """Remove documents without a trace; a file of records with all its records.

    Nothing is asked. Ends with 1 where one is not there; the others are removed.
    """
    from collegia.cli.kb_mend import remove_documents

    finish(lambda: remove_documents(documents, output))


@app.command()
def rebuild(
    rules_only: Annotated[
        bool, typer.Option("--rules-only", help="Drop the names and relations a model found.")
    ] = False,
    output: OutputOption = Output.text,
) -> None:
    """Split and link all stored texts again.

    No file is read, and no text leaves the store meanwhile.
    """
    from collegia.cli.kb_mend import rebuild_store

    finish(lambda: rebuild_store(output, rules_only=rules_only))


@app.command()
def doctor(output: OutputOption = Output.text) -> None:
    """Look the store through for faults, and tell what mends each.

    Ends with 1 where there is one.
    """
    from collegia.cli.kb_mend import examine_store

    finish(lambda: examine_store(output))


@app.command()
def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="A question, or some words.")],
    most: Annotated[int, typer.Option("--most", "-n", min=1, max=200, help="How many passages.")] = 10,
    collection: Annotated[
        list[str] | None,
        typer.Option(
            "--collection", "-c", metavar="NAME", help="Only this group; may be repeated.", autocompletion=collections
        ),
    ] = None,
    document: Annotated[
        list[str] | None,
        typer.Option(
            "--document", metavar="DOC", help="Only this document; may be repeated.", autocompletion=documents
        ),
    ] = None,
    since: Annotated[str, typer.Option("--since", metavar="YYYY-MM-DD", help="Only documents from this day on.")] = "",
    until: Annotated[str, typer.Option("--until", metavar="YYYY-MM-DD", help="Only documents up to this day.")] = "",
    no_model: Annotated[
        bool, typer.Option("--no-model", help="Search without the model of the role searcher.")
    ] = False,
    output: OutputOption = Output.text,
) -> None:
    """Find the passages that answer a question, best first, each with its place and the names that led to it."""
    from collegia.cli.kb_eval import search_documents
    from collegia.knowledge.records import Filters

    filters = Filters(tuple(collection or ()), tuple(document or ()), since, until)
    finish(lambda: search_documents(query, most, filters, output, model=not no_model))


@app.command()
def graph(
    entity: Annotated[str, typer.Argument(metavar="ENTITY", help="A name, an abbreviation, or the start of one.")],
    hops: Annotated[int, typer.Option("--hops", min=1, max=4, help="How far around it.")] = 1,
    to: Annotated[str | None, typer.Option("--to", metavar="OTHER", help="The paths to this one instead.")] = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write one self-contained page.")] = None,
    output: OutputOption = Output.text,
) -> None:
    """Draw what stands around a name: its relations, each with the sentence that states it."""
    from collegia.cli.kb_graph import graph as draw_graph

    finish(lambda: draw_graph(entity, hops, to, html, output))


@app.command("eval")
def evaluate(
    questions: Annotated[
        Path, typer.Option("--questions", metavar="QUESTIONS.jsonl", help="id, question, and gold or answers.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="RANKED.jsonl", help="Where the rankings go, one a line.")],
    corpus: Annotated[
        Path | None, typer.Option("--corpus", metavar="CORPUS.jsonl[.gz]", help="Passages: id, text, perhaps title.")
    ] = None,
    no_titles: Annotated[bool, typer.Option("--no-titles", help="Leave the titles out.")] = False,
    kg: Annotated[
        Path | None, typer.Option("--kg", metavar="TRIPLES.tsv[.gz]", help="Subject, relation and object, by tabs.")
    ] = None,
    examples: Annotated[
        Path | None, typer.Option("--examples", metavar="LABELLED.jsonl", help="Questions over triples to learn from.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, metavar="N", help="Only the first N questions.")
    ] = None,
    with_: Annotated[
        str | None, typer.Option("--with", metavar="HELP,…", help="Of extract, decompose, walk, check, rerank.")
    ] = None,
    model: Annotated[str | None, typer.Option("--model", metavar="PROVIDER/NAME", help="The model that helps.")] = None,
    api_base: Annotated[
        str | None, typer.Option("--api-base", metavar="URL", help="The address of its server.")
    ] = None,
) -> None:
    """Measure the search on questions of your own.

    The corpus goes into a store that is thrown away. Prints recall@2, recall@5 and all-gold@5, or Hits@1 for triples,
    with passages a second and the seconds of a question at the median and the 95th percentile. With --with a second
    line tells what a model adds, and the calls and tokens it takes a question; the rankings are then those with it.
    """
    from collegia.cli.kb_eval import evaluate_search

    def run() -> int:
        helped = None
        if with_ is not None:
            from collegia.cli.kb_helped import Helped

            helped = Helped.of(with_, model, api_base)
        return evaluate_search(
            corpus, questions, out, titles=not no_titles, triples=kg, examples=examples, limit=limit, helped=helped
        )

    finish(run)
