"""The handbook of process engineering: complete, linked, quotable sentence by sentence, readable for the graph."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from collegia.domains.process_engineering import domain
from collegia.knowledge.extract import also_called
from collegia.knowledge.library import handbook_documents
from collegia.knowledge.relations import relations
from collegia.knowledge.split import is_pointer, shown, split
from collegia.knowledge.store import KnowledgeStore
from collegia.knowledge.text import key, sentences, stem

TOPICS = (
    "activity-coefficient arrhenius asphyxiation autoignition azeotrope boiling-point cavitation choked-flow "
    "compression control-valve cost-scaling critical-point cstr-pfr density distillation-stages equation-of-state "
    "film-coefficient fire-case fittings-k flame-temperature flammability flash flash-point flashing-valve "
    "flooding fouling friction-factor heat-duty inerting intercooling latent-heat line-sizing lmtd mixing-power "
    "npsh orifice-meter overall-u packed-bed pipe-roughness pressure-drop pump-head raoults-law reflux "
    "relative-volatility relief-valve reynolds-number runaway settling static-electricity surge toxic-exposure "
    "vapour-pressure viscosity water-hammer"
).split()

# what the handbook must say of its topics: subject, verb, object, in words that stand in what was found
SAID = """
suction pressure | causes | cavitation
cavitation | prevented by | npsh
vapour pressure | lowers | npsh
pressure drop | lowers | npsh
pressure drop | depends on | friction factor
friction factor | depends on | reynolds number
friction factor | depends on | pipe roughness
reynolds number | depends on | viscosity
reynolds number | depends on | density
viscosity | depends on | temperature
line sizing | limits | pressure drop
fitting losses | adds to | pressure drop
water hammer | caused by | control valve
closing control valve | causes | water hammer
flashing in valves | depends on | vapour pressure
flashing in valves | is a | cavitation
choked flow | limits | control valve
choked flow | limits | relief valve
relative volatility | computed from | vapour pressure
relative volatility | sets | distillation stages
relative volatility | sets | reflux ratio
azeotrope | prevents | distillation
activity coefficients | explains | azeotrope
raoult law | corrected by | activity coefficients
equation of state | feeds | flash
flash | depends on | bubble point
boiling curve | ends at | critical point
latent heat | zero at | critical point
latent heat | sets | heat duty
reflux ratio | raises | heat duty
reflux ratio | lowers | distillation stages
flooding | caused by | reflux ratio
lmtd | gives | heat duty
overall heat transfer coefficient | depends on | film coefficient
film coefficient | depends on | reynolds number
fouling | lowers | overall heat transfer coefficient
heat of compression | prevented by | intercooling
compression | risks | surge
compression | risks | autoignition
relief valve | used in | fire case
relief valve | used in | thermal runaway
fire case | uses | latent heat
thermal runaway | depends on | arrhenius
relief valve | prevents | runaway
flash point | precedes | flammability
flash point | computed from | vapour pressure
inerting | prevents | flammability
inerting | causes | asphyxiation
static electricity | ignites | flammable
line sizing | limits | static electricity
cstr pfr | uses | arrhenius
packed beds | used in | plug flow reactors
mixing | depends on | reynolds number
settling | depends on | viscosity
orifice meter | adds to | pressure drop
excess air | lowers | flame temperature
toxic exposure | worse in | confined space
cost scaling | used in | area
""".strip().splitlines()
FLOOR = 56
"""Of these relations so many are found, at least."""


@cache
def texts() -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(Path(str(domain().handbook)).glob("*"))}


@cache
def quotable(topic: str) -> tuple[str, ...]:
    """The sentences of a topic under its headings, as a reader sees them; the line of other names is none."""
    text = texts()[topic]
    return tuple(
        said
        for piece in split(text, "markdown")[1]
        if not is_pointer(piece.heading)
        for span in sentences(piece.body)
        if not (said := shown(span.of(piece.body))).startswith("Also called")
    )


def names(topic: str) -> set[str]:
    title = split(texts()[topic], "markdown")[0]
    return {key(name) for name in (title, *also_called(texts()[topic]))}


def test_there_is_a_file_for_each_topic_and_no_other():
    assert sorted(texts()) == TOPICS
    assert len(TOPICS) == 54


def test_no_two_topics_share_a_title_or_an_other_name():
    owners: dict[str, list[str]] = {}
    for topic in TOPICS:
        for name in names(topic):
            owners.setdefault(name, []).append(topic)
    assert {name: topics for name, topics in owners.items() if len(topics) > 1} == {}


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_has_200_to_500_words_that_can_be_quoted(topic):
    words = [word for said in quotable(topic) for word in said.split() if any(letter.isalnum() for letter in word)]
    assert 200 <= len(words) <= 500


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_has_a_title_other_names_and_a_definition_in_that_order(topic):
    lines = [line for line in texts()[topic].splitlines() if line.strip()]
    title = re.fullmatch(r"# (\S.*)", lines[0])
    assert title
    assert re.fullmatch(r"\*Also called:\* \S.*\.", lines[1])
    assert len(also_called(texts()[topic])) >= 2
    definition = shown(next(sentences(lines[2])).of(lines[2]))
    named = definition[: definition.index(" is ") if " is " in definition else definition.index(" are ")]
    said = {stem(word) for word in key(named).split()}
    assert any({stem(word) for word in name.split()} <= said for name in names(topic)), definition
    assert definition.endswith(".")


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_has_three_sections_or_more_and_ends_with_where_to_read_on(topic):
    found = re.findall(r"^## (.*)$", texts()[topic], flags=re.MULTILINE)
    assert len(found) >= 4
    assert found[-1] == "See also"
    assert len(found) == len(set(found))


@pytest.mark.parametrize("topic", TOPICS)
def test_links_lead_to_other_topics_and_say_what_they_lead_to(topic):
    found = re.findall(r"\[([^\]]*)\]\(([^)]*)\)", texts()[topic])
    assert len(found) >= 3
    for said, target in found:
        assert said.strip()
        assert target.removesuffix(".md") in TOPICS
        assert target.endswith(".md")
        assert target != f"{topic}.md"
    assert "http" not in texts()[topic]


def test_every_topic_can_be_reached_from_every_other():
    leads = {topic: set(re.findall(r"\]\((.*?)\.md\)", texts()[topic])) for topic in TOPICS}
    for topic in TOPICS:
        reached, edge = {topic}, {topic}
        while edge:
            edge = set().union(*(leads[one] for one in edge)) - reached
            reached |= edge
        assert sorted(reached) == TOPICS, topic


@pytest.mark.parametrize("topic", TOPICS)
def test_every_sentence_can_be_quoted_alone(topic):
    assert len(quotable(topic)) >= 10
    for said in quotable(topic):
        assert len(said.split()) <= 60, said
        assert said.endswith((".", "!", "?")), said
        assert not re.match(r"(?:It|This|These|They|That|Those|Its|Their)\b", said), said
        assert not re.search(r"[*`\[\]]|\]\(", re.sub(r"\[[^\]]*=?[^\]]*\]", "", said)), said


@pytest.mark.parametrize("topic", TOPICS)
def test_the_text_is_clean(topic):
    text = texts()[topic]
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert not re.search(r"[ \t]$|\t|\r|\n\n\n|[\x00-\x08\u200b-\u200f\u202a-\u202e]", text, flags=re.MULTILINE)


@cache
def found() -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (one.subject, one.verb, one.object)
        for text in texts().values()
        for piece in split(text, "markdown")[1]
        for one in relations(piece.body)
    )


def stems(said: str) -> set[str]:
    return {stem(word) for word in key(said).split()}


def test_the_relations_between_topics_are_found():
    missing = []
    for line in SAID:
        left, verb, right = (part.strip() for part in line.split("|"))
        if not any(stems(left) <= stems(a) and verb == b and stems(right) <= stems(c) for a, b, c in found()):
            missing.append(line)
    assert len(SAID) - len(missing) >= FLOOR, missing


def test_hundreds_of_relations_are_found_in_every_topic():
    assert len(found()) >= 480
    for topic in TOPICS:
        assert any(True for piece in split(texts()[topic], "markdown")[1] for _ in relations(piece.body)), topic


def test_what_the_handbook_denies_is_not_found():
    assert not [one for one in found() if one[0].casefold().startswith(("no ", "not "))]
    ends = {(key(left), verb, key(right)) for left, verb, right in found()}
    opposite = {"raises": "lowers", "causes": "prevents", "caused by": "prevented by"}
    assert [one for one in ends if (one[0], opposite.get(one[1]), one[2]) in ends] == []


def test_every_topic_is_spoken_of_in_another_by_name():
    store = KnowledgeStore.in_memory()
    store.add(handbook_documents(domain()))
    with store.reading() as db:
        rows = db.execute(
            "SELECT key, documents.name FROM mentions JOIN entities ON entities.id = entity"
            " JOIN passages ON passages.id = passage JOIN documents ON documents.id = document"
        ).fetchall()
    for topic in TOPICS:
        own = names(topic)
        assert {name for said, name in rows if said in own} - {topic}, topic
