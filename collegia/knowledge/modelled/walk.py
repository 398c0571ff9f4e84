"""A walk over the graph, hop by hop: the model chooses among the links that leave the names it stands at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from collegia.knowledge.gazetteer import tokens
from collegia.knowledge.graph.rows import relations_of
from collegia.knowledge.modelled.look import Look
from collegia.knowledge.modelled.talk import Talk
from collegia.knowledge.modelled.telling import fenced, listed
from collegia.knowledge.records import BY_HEADING, Hit
from collegia.knowledge.search.question import read_question
from collegia.knowledge.search.reach import Reach
from collegia.knowledge.split import shown
from collegia.knowledge.text import sentences

__all__ = ["MOST_CHOSEN", "MOST_HOPS", "walk"]

MOST_HOPS = 3
MOST_CHOSEN = 2  # links of one hop
_LINKS = 24  # that the model sees at one hop
_STATED = 8  # relations of one name
_ABOUT = 2  # passages about a name
_NAMING = 6  # passages that name it and are about something else
_SCANNED = 40  # passages that are looked at for those
_STARTS = 3  # names that a walk begins at
_SHOWN = 240  # characters of a sentence


@dataclass(frozen=True, slots=True)
class _Link:
    """A way from one name to another: in words, and the passage and sentence it stands in."""

    start: int
    target: int
    words: str
    passage: int
    sentence: str


@dataclass(slots=True)
class _Walk:
    """Where a walk has been: the names that led to each name and to each passage."""

    names: dict[int, str] = field(default_factory=dict)
    paths: dict[int, tuple[str, ...]] = field(default_factory=dict)
    passages: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def reach(self, reach: Reach, link: _Link) -> None:
        """Note where a link leads, the passage it stands in, and those about what it leads to."""
        before = self.paths[link.start]
        self.paths[link.target] = (*before, self.names[link.target])
        self.passages.setdefault(link.passage, before)
        for passage in _about(reach, self, link.target):
            self.passages.setdefault(passage, self.paths[link.target])


async def walk(talk: Talk, look: Look, question: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The passages on the way that a model chose, from the question's names on; none where it chose no link.

    Args:
        talk: with the model.
        look: into the store.
        question: what is asked.
        hits: what was found for it; where it names nothing, the walk begins at what the best of them are about.
    """
    way = _Walk()
    here = await look.within(partial(_begin, way=way, question=question, hits=hits))
    moved = False
    for _ in range(MOST_HOPS):
        links = await look.within(partial(_links, way=way, here=here))
        if not links:
            break
        standing = listed("names", [" → ".join(way.paths[one]) for one in here])
        told = [f"{one.words}: {one.sentence}" for one in links]
        index = {"enum": list(range(1, len(links) + 1))}
        reply = await talk.ask(
            "walk",
            f"{fenced('question', question)}\n\n{standing}\n\n{listed('links', told)}",
            {"choose": {"type": "array", "items": index, "maxItems": MOST_CHOSEN}},
        )
        if not reply or not reply["choose"]:
            break
        chosen = [links[one - 1] for one in dict.fromkeys(reply["choose"])]
        here = await look.within(partial(_go, way=way, chosen=chosen))
        moved = True
    return await look.hits(way.passages) if moved else ()


def _begin(reach: Reach, way: _Walk, question: str, hits: Sequence[Hit]) -> list[int]:
    """The names of the question that passages are about; else what the best hits are about."""
    named = list(dict.fromkeys(one.entity.id for one in read_question(question, reach).named))
    about = reach.about(named)
    starts = [one for one in named if one in about]
    if not starts:
        subjects = reach.subjects([hit.passage.id for hit in hits[:_STARTS]])
        starts = [max(found, key=lambda one: found[one]) for found in subjects.values() if found]
    starts = list(dict.fromkeys(starts))[:_STARTS]
    _name(reach, way, starts)
    way.paths.update((one, (way.names[one],)) for one in starts)
    return starts


def _go(reach: Reach, way: _Walk, chosen: Sequence[_Link]) -> list[int]:
    """Stand at the ends of the chosen links."""
    for one in chosen:
        if one.target not in way.paths:
            way.reach(reach, one)
    return list(dict.fromkeys(one.target for one in chosen))


def _links(reach: Reach, way: _Walk, here: Sequence[int]) -> list[_Link]:
    """The links that leave some names for others not yet been at; a few of each name, in turn."""
    found: dict[tuple[int, str], _Link] = {}
    ways = [list(_leaving(reach, way, entity)) for entity in here]
    for place in range(max(map(len, ways), default=0)):
        for links in ways:
            if place < len(links):
                one = links[place]
                found.setdefault((one.target, one.sentence), one)
    allowed = reach.allowed([one.passage for one in found.values()])
    return [one for one in found.values() if one.passage in allowed][:_LINKS]


def _leaving(reach: Reach, way: _Walk, entity: int) -> Iterator[_Link]:
    """The links of one name: relations, then what passages about it name, then what passages are about that name it."""
    name = way.names[entity]
    stated = relations_of(reach.db, entity, _STATED)
    own = _about(reach, way, entity)
    naming = [one for one in reach.mentioning(entity, _SCANNED) if one not in own][:_NAMING]
    mentions, subjects = reach.mentions([*own, *naming]), reach.subjects([*own, *naming])
    targets = [one.right if one.left == entity else one.left for one in stated]
    targets += [other for passage in own for other in mentions[passage]]
    targets += [other for passage in naming for other in subjects[passage]]
    _name(reach, way, targets)
    known = reach.about(targets)
    for one in stated:
        other = one.right if one.left == entity else one.left
        if other not in way.paths and other in way.names:
            words = (name, one.verb, way.names[other]) if one.left == entity else (way.names[other], one.verb, name)
            sentence = _sentence(reach, one.passage, one.start - one.offset)
            yield _Link(entity, other, " → ".join(words), one.passage, sentence)
    for passage in own:
        new = [one for one in mentions[passage] if one not in subjects[passage] and one not in way.paths]
        new = [one for one in new if one in known or not any(map(str.isdigit, way.names[one]))]  # dates lead nowhere
        # a name that passages are about leads further than one that is only named
        for other in sorted(new, key=lambda one: (one not in known, mentions[passage][one][0])):
            sentence = _sentence(reach, passage, mentions[passage][other][0])
            yield _Link(entity, other, f"{name} → {way.names[other]}", passage, sentence)
    for passage in naming:
        sure = {one: weight for one, weight in subjects[passage].items() if one not in way.paths}
        if sure and max(sure.values()) >= BY_HEADING:
            other = max(sure, key=lambda one: sure[one])
            place = mentions[passage].get(entity, (0, 0))[0]
            yield _Link(entity, other, f"{way.names[other]} → {name}", passage, _sentence(reach, passage, place))


def _about(reach: Reach, way: _Walk, entity: int) -> list[int]:
    """The passages that are most about a name; where none is, those that have its words nearest to their beginning."""
    found = reach.about([entity]).get(entity, {})
    if not found and (name := way.names.get(entity)) and (said := tokens(name)):
        rows = reach.lexical(f'body : "{" ".join(word for word, *_ in said)}"', _SCANNED)
        places = {one: reach.body(one)[1].casefold().find(name.casefold()) for one, _ in rows}
        found = {one: -place for one, place in places.items() if place >= 0}
    return sorted(found, key=lambda one: (-found[one], one))[:_ABOUT]


def _name(reach: Reach, way: _Walk, entities: Sequence[int]) -> None:
    """Look up what names are called."""
    for one in entities:
        if one not in way.names and (
            row := reach.db.execute("SELECT name FROM entities WHERE id = ?", (one,)).fetchone()
        ):
            way.names[one] = row[0]


def _sentence(reach: Reach, passage: int, place: int) -> str:
    """The sentence of a passage in which a place lies, as a reader sees it."""
    _, body = reach.body(passage)
    span = next((one for one in sentences(body) if one.start <= place < one.end), None)
    return shown(body[:_SHOWN] if span is None else span.of(body))[:_SHOWN]
