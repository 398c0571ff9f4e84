"""Documents, hits and reports as the knowledge screen shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.text import Text
from textual.content import Content

from collegia.tui.wording import counted, one_line

if TYPE_CHECKING:
    from collegia.knowledge.changing import Taken
    from collegia.knowledge.records import Hit, StoredDocument

__all__ = [
    "COLUMNS",
    "document_cells",
    "document_content",
    "filtered",
    "going",
    "hit_content",
    "taken_content",
    "totals",
]

COLUMNS = ("name", "passages", "title", "collection", "date")
_REFUSALS = 100  # told one by one


def totals(counts: Mapping[str, int]) -> str:
    """How much is stored."""
    said = {"entities": "names"}  # as users call them
    return ", ".join(counted(count, said.get(what, what).removesuffix("s")) for what, count in counts.items())


def filtered(documents: Sequence[StoredDocument], typed: str) -> list[StoredDocument]:
    """The documents whose name, title or collection has what was typed."""
    wanted = typed.casefold().strip()
    return [one for one in documents if wanted in f"{one.name}\n{one.title}\n{one.collection}".casefold()]


def document_cells(one: StoredDocument) -> list[Text]:
    """The cells of a row."""
    title = "" if one.title == one.name else one.title
    return [
        Text(one_line(one.name, 32)), Text(f"{one.passages:,}", justify="right"), Text(one_line(title, 48)),
        Text(one_line(one.collection, 24)), Text(one_line(one.date, 10)),
    ]  # fmt: skip


def document_content(one: StoredDocument, counts: Mapping[str, int]) -> Content:
    """More on the document pointed at."""
    added = f", added {one_line(one.added[:10])}" if one.added else ""
    size = counted(one.characters, "character")
    return Content.assemble((one_line(one.source, 200), "bold"), f"\n{size}{added}: {totals(counts)}")


def hit_content(place: int, hit: Hit) -> Content:
    """A passage that was found: its place, its score, the way to it, and how it begins."""
    heading = f"  {one_line(hit.passage.heading, 80)}" if hit.passage.heading else ""
    way = f"  by way of {' → '.join(one_line(one, 40) for one in hit.path)}" if hit.path else ""
    return Content.assemble(
        (f"{place:2d}. {hit.score:.3f}  ", "dim"), (one_line(hit.name, 60), "bold"), heading, (way, "dim"),
        f"\n    {one_line(hit.passage.body, 240)}",
    )  # fmt: skip


def going(one: StoredDocument, counts: Mapping[str, int]) -> str:
    """The question before a removal, with what it takes away."""
    return (
        f"Remove {one_line(one.name, 80)}?\n{one_line(one.source, 200)}\n\n{totals(counts)} go with it, and its"
        " vectors. Nothing of it stays in the store; the file itself is not touched."
    )


def taken_content(taken: Taken) -> Content:
    """What became of the files."""
    report = taken.report
    counts = (f"{getattr(report, what):,} {what}" for what in ("added", "replaced", "unchanged"))
    parts: list[str | tuple[str, str]] = [(f"{', '.join(counts)}, {len(report.refused):,} refused", "bold")]
    for one in report.refused[:_REFUSALS]:
        parts.append((f"\n✗ {one_line(one.source, 200)}: {one_line(one.why, 300)}", "$error"))
    if len(report.refused) > _REFUSALS:
        parts.append(f"\n… and {len(report.refused) - _REFUSALS:,} more")
    if report.skipped:
        some = ", ".join(one_line(one, 80) for one in report.skipped[:3]) + (" …" if len(report.skipped) > 3 else "")
        parts.append((f"\npassed over, for they are hidden: {some}; name one to take it in", "dim"))
    if taken.warning:
        parts.append((f"\n! {one_line(taken.warning, 400)}", "$warning"))
    return Content.assemble(*parts)
