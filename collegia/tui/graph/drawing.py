"""What is around a name, the paths between two, and the names of a place, as trees of lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text
from textual.content import Content

from collegia.tui.branches import Branch
from collegia.tui.chat.telling import shown
from collegia.tui.wording import counted, one_line

if TYPE_CHECKING:
    from collegia.knowledge.graph import Around, Path, Step
    from collegia.knowledge.graph.around import Neighbour, Place
    from collegia.knowledge.records import Entity

__all__ = ["Stop", "around_branch", "names_branch", "paths_branch", "stop_content"]


@dataclass(frozen=True, slots=True)
class Stop:
    """What a line of the graph stands for.

    Attributes:
        name: of the entity that one can walk to; empty where the line is a document.
        place: where the edge to it stands; None where the line is no edge.
        more: how many more places say the same.
        passages: in how many the entity is mentioned, where that is known.
        told: the whole of a line that may be cut.
    """

    name: str = ""
    place: Place | Step | None = None
    more: int = 0
    passages: int = 0
    told: str = ""


def around_branch(found: Around) -> Branch[Stop]:
    """A name, and its neighbours by kind of edge."""
    label = Text.assemble((one_line(found.name), "bold"), (f"  {counted(found.passages, 'passage')}", "dim"))
    inside: list[Branch[Stop]] = [
        Branch(Text(one_line(group.heading), style="italic"), None, tuple(map(_neighbour, group.neighbours)))
        for group in found.groups
    ]
    if found.also:
        also = f"also called {', '.join(one_line(one, 60) for one in found.also)}"
        inside.insert(0, Branch(Text(one_line(also), style="dim"), Stop(told=also)))
    if not found.groups:
        inside.append(Branch(Text("nothing is stored of it but its name", style="dim")))
    if found.left_out or found.more:
        least = "at least " if found.more else ""
        inside.append(Branch(Text(f"{least}{max(found.left_out, 1):,} more not shown; m shows more", style="dim")))
    return Branch(label, Stop(found.name, passages=found.passages), tuple(inside))


def _neighbour(one: Neighbour) -> Branch[Stop]:
    best, more = one.places[0], len(one.places) - 1
    if one.kind == "document":
        label = Text.assemble("▤ ", one_line(one.name, 80), (f"  {counted(len(one.places), 'place')}", "dim"))
        return Branch(label, Stop("", best, more))
    model = f"  found by a model, {best.confidence:.2f}" if best.origin != "text" else ""
    said = f"  “{one_line(best.sentence, 70)}”"
    return Branch(Text.assemble("● ", one_line(one.name, 80), (f"{said}{model}", "dim")), Stop(one.name, best, more))


def _often(one: Entity) -> str:
    return f"  {counted(one.passages, 'passage')}" if one.passages else ""


def names_branch(names: Sequence[Entity], where: str) -> Branch[Stop]:
    """Names to begin a walk with."""
    inside = tuple(
        Branch(Text.assemble("● ", one_line(one.name, 80), (_often(one), "dim")), Stop(one.name, passages=one.passages))
        for one in names
    )
    told = f"{counted(len(names), 'name')} in {one_line(where, 80)}" if names else f"no name is known in {where}"
    return Branch(Text(told, style="bold"), None, inside)


def paths_branch(left: str, right: str, found: Sequence[Path], longest: int) -> Branch[Stop]:
    """The paths between two names, each a chain with labelled arrows, then its steps one under the other."""
    ends = f"from {one_line(left, 60)} to {one_line(right, 60)}"
    told = f"{counted(len(found), 'path')} {ends}" if found else f"no path of at most {longest} steps leads {ends}"
    inside = []
    for path in found:
        steps = tuple(Branch(Text(_arrow(one).strip()), Stop(one.right, one)) for one in path.steps)
        first = path.steps[0].left
        chain = f"{one_line(first, 60)}{''.join(_arrow(one) for one in path.steps)}"
        inside.append(Branch(Text(one_line(chain, 400)), Stop(first, told=chain), steps))
    return Branch(Text(told, style="bold"), None, tuple(inside))


def _arrow(step: Step) -> str:
    verb, name = one_line(step.verb, 40), one_line(step.right, 60)
    return f" ──{verb}──▶ {name}" if step.forward else f" ◀──{verb}── {name}"


def stop_content(stop: Stop | None) -> Content:
    """The sentence behind the line pointed at, and what can be done from there."""
    if stop is None:
        return Content("")
    if stop.place is None:
        if stop.told:
            return Content(shown(stop.told))
        name = one_line(stop.name)
        return Content(f"{name}: {counted(stop.passages, 'passage')}" if stop.passages else name)
    place = stop.place
    more = f" and {counted(stop.more, 'more place')}" if stop.more else ""
    model = f", found by a model ({place.confidence:.2f})" if place.origin != "text" else ""
    where = f"{one_line(place.document, 80)} {place.start}–{place.end}{more}{model}"
    return Content.assemble((where, "bold"), f"\n“{shown(place.sentence)}”")
