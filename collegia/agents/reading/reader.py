"""Reading a question with the vocabulary of the installed domains, and no other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from collegia.agents.reading.arrange import arrange
from collegia.agents.reading.asks import find_asks
from collegia.agents.reading.attach import attach
from collegia.agents.reading.both import left_open
from collegia.agents.reading.heads import under_heads
from collegia.agents.reading.in_out import for_all, in_one_unit, ins_and_outs
from collegia.agents.reading.lexicon import Hit, Lexicon, lexicon_of
from collegia.agents.reading.prose import unheeded, ways
from collegia.agents.reading.ratios import above_and_below, ratios, with_ratios
from collegia.agents.reading.things import assign_states, assign_subjects, find_subjects
from collegia.agents.reading.tokens import Token, flatten, tokenize
from collegia.agents.reading.types import Reading, Said
from collegia.agents.reading.unasked import unasked
from collegia.agents.reading.units_alone import LoneUnit, lone_units
from collegia.agents.reading.words import NUMBER_WORDS, STOP
from collegia.tools.kinds import Kind, Value
from collegia.tools.quantities import Measure, find_quantities, reference_of, unit_at
from collegia.tools.registry import Registry
from collegia.tools.units import Unit

__all__ = ["read"]


def read(text: str, registry: Registry) -> Reading:
    """Read a question: what it states, of what, and what it asks for."""
    lexicon = lexicon_of(registry)
    flat = flatten(text)
    own = _own_notation(flat, lexicon)
    spoken = _value_phrases(tokenize(flat), lexicon)
    own = [one for one in own if one[2].unit is None or not any(a < one[1] and one[0] < b for a, b in spoken)]
    notes = [(m.start() + 1, m.end() - 1) for m in _IN_BRACKETS.finditer(flat) if _is_unit_note(m, flat)]
    flat_left = _blank(flat, [*((start, end) for start, end, _, _ in own), *notes])
    tokens = tokenize(flat_left)
    said = _said(text, flat_left, tokens, own, lexicon)
    units = lone_units(flat_left, [(item.start, item.end) for item in said])
    units = [unit for unit in units if not for_all(flat, unit.start)]
    said.extend(_number_words(text, tokens, said, lexicon))
    hits, things = _hits(tokens, said, units, lexicon, flat_left)
    headed = under_heads(tokens, said, lexicon)
    hits = sorted(
        [*(hit for hit in hits if all((hit.first, hit.last) != (one.first, one.last) for one in headed)), *headed],
        key=lambda hit: (hit.first, hit.last),
    )
    over = ratios(flat, tokens, said)
    hits, unknown_ratios = with_ratios(hits, over, lexicon)
    _stated_by_words(said, [*hits, *things], tokens, text)
    said.sort(key=lambda item: (item.start, item.end))
    for index, item in enumerate(said):
        item.index = index
    attachment = attach(said, hits, tokens, lexicon)
    subjects = find_subjects([*hits, *things], tokens, said, lexicon)
    assign_states(said, hits, tokens)
    above_and_below(over)
    assign_subjects(said, subjects, tokens)
    asks = find_asks(tokens, hits, attachment.owner, said, subjects, units, lexicon)
    told = [(item.state, item.subject) for item in said]
    arrange(said, asks, subjects, tokens, registry)
    arranged = {item.index for item, before in zip(said, told, strict=True) if (item.state, item.subject) != before}
    hints: dict[str, int] = {}
    for hit in hits:
        for entry in hit.entries:
            if entry.role in ("name", "hint"):
                hints[entry.subject] = hints.get(entry.subject, 0) + 1
    methods = [(entry.subject, hit.first) for hit in hits for entry in hit.of("method")]
    share, unknown = _coverage(tokens, said, hits)
    return Reading(
        text,
        said,
        asks,
        subjects,
        attachment.misfits,
        methods,
        hints,
        tuple(units),
        (*unknown_ratios, *left_open(asks, tokens), *unheeded(tokens, said, [*hits, *things], subjects, flat, lexicon)),
        share,
        unknown,
        frozenset(arranged),
        ways(tokens, said),
        unasked(tokens, said, [*hits, *things], asks, units, flat_left),
    )


def _own_notation(flat: str, lexicon: Lexicon) -> list[tuple[int, int, Kind, Value]]:
    """Values in a notation of their own; where two overlap, the longer one stands."""
    found = [(f.start, f.end, kind, f.value) for kind in lexicon.finders if kind.find for f in kind.find(flat)]
    found.sort(key=lambda item: (item[0] - item[1], item[0]))
    kept: list[tuple[int, int, Kind, Value]] = []
    for item in found:
        if all(item[1] <= other[0] or item[0] >= other[1] or item[:2] == other[:2] for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda item: item[0])


def _value_phrases(tokens: Sequence[Token], lexicon: Lexicon) -> list[tuple[int, int]]:
    """Spans of longer phrases that state a value by themselves: "two stages"."""
    return [
        (tokens[hit.first].start, tokens[hit.last].end)
        for hit in lexicon.scan(tokens)
        if hit.last > hit.first and hit.of("word")
    ]


def _blank(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with spans replaced by a mark that no phrase or number can cross."""
    for start, end in spans:
        text = text[:start] + "§" + " " * (end - start - 1) + text[end:]
    return text


def _said(
    text: str, flat: str, tokens: Sequence[Token], own: list[tuple[int, int, Kind, Value]], lexicon: Lexicon
) -> list[Said]:
    said: list[Said] = []
    numbered = [*_phrases_with_numbers(tokens, lexicon), *ins_and_outs(flat)]
    for start, end, kind, value in own:
        first, last = _range(tokens, start, end)
        said.append(Said(0, start, end, first, last, text[start:end], value=value, kinds={kind.name: 0.0}, named=True))
    for found in in_one_unit(find_quantities(_blank(flat, numbered)), flat):
        measure = found
        if found.unit is not None and (reference := reference_of(flat, found)):
            measure = replace(found, unit=Unit(found.unit.text, reference))
        first, last = _range(tokens, measure.start, measure.end)
        said.append(Said(0, measure.start, measure.end, first, last, measure.text, measure))
    return said


_IN_BRACKETS = re.compile(r"\([^()\d][^()]*\d[^()]*\)")


def _is_unit_note(match: re.Match[str], flat: str) -> bool:
    """Whether brackets only say in which unit, as in "Kv (m3/h at 1 bar)"."""
    unit, end = unit_at(flat, match.start() + 1)
    return unit is not None and flat[end:].lstrip().startswith(("at ", "@"))


def _phrases_with_numbers(tokens: Sequence[Token], lexicon: Lexicon) -> list[tuple[int, int]]:
    """Spans of vocabulary phrases that hold a digit ("ISO 5167", "R 134a"): their numbers are no values."""
    return [
        (tokens[hit.first].start, tokens[hit.last].end)
        for hit in lexicon.scan(tokens)
        if hit.last > hit.first and any(token.text[0].isdigit() for token in tokens[hit.first : hit.last + 1])
    ]


def _range(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    inside = [index for index, token in enumerate(tokens) if token.start < end and token.end > start]
    return (inside[0], inside[-1]) if inside else (0, 0)


def _number_words(text: str, tokens: Sequence[Token], said: list[Said], lexicon: Lexicon) -> list[Said]:
    """ "two stages": a number in letters before the name of a plain number."""
    found: list[Said] = []
    if not any(token.text.lower() in NUMBER_WORDS for token in tokens):
        return found
    names = {hit.first: hit for hit in lexicon.scan(tokens) if hit.of("name")}
    for index, token in enumerate(tokens):
        value, place = _number_at(index, tokens)
        hit = names.get(place + 1) or names.get(place + 2)
        if value is None:
            continue
        unit, end = unit_at(text, tokens[place].end)
        if value > 1 and unit is not None and unit.text and end > tokens[place].end + 1 and place + 1 < len(tokens):
            measure = Measure(token.start, end, value, unit, text[token.start : end])
            last = max(i for i, t in enumerate(tokens) if t.start < end)
            found.append(Said(0, token.start, end, index, last, text[token.start : end], measure))
            continue
        if hit is None:
            continue
        if any(lexicon.registry.kinds[entry.subject].unit == "" for entry in hit.of("name")):
            end = tokens[place].end
            measure = Measure(token.start, end, value, None, text[token.start : end])
            found.append(Said(0, token.start, end, index, place, text[token.start : end], measure))
    return found


def _number_at(index: int, tokens: Sequence[Token]) -> tuple[float | None, int]:
    """The number in letters that begins here, and its last word: "seventy-five"; None inside of one."""
    words = [token.text.lower() for token in tokens[index : index + 3]]
    before = [token.text.lower() for token in tokens[max(0, index - 2) : index]]
    value = NUMBER_WORDS.get(words[0])
    if value is None or any(word in NUMBER_WORDS for word in before if word == before[-1] or before[-1] == "-"):
        return None, index
    joined = 2 if words[1:2] == ["-"] else 1
    ones = NUMBER_WORDS.get(words[joined], 0.0) if len(words) > joined else 0.0
    if not ones:
        return value, index
    return (value + ones, index + joined) if 20 <= value < 100 and ones < 10 else (None, index)


def _cut_out(hit: Hit, tokens: Sequence[Token], flat: str) -> bool:
    """Whether a value's name is only a part of a longer one: C6H12 in "C6H12O6", pentane in "2-methylpentane"."""
    if not hit.of("word") and not hit.of("ambiguous"):
        return False
    start, end = tokens[hit.first].start, tokens[hit.last].end
    before, after = flat[max(0, start - 2) : start], flat[end : end + 2]
    if before[-1:].isalnum() or after[:1].isalnum():
        return True
    return (before[-1:] == "-" and before[:1].isalpha()) or (after[:1] == "-" and after[1:].isalpha())


def _no_symbol(hit: Hit, tokens: Sequence[Token], flat: str) -> bool:
    """Whether a symbol is none: the `h` of "in m3/h", the article of "A pump"."""
    token = tokens[hit.first]
    if _cut_out(hit, tokens, flat):
        return True
    if hit.last > hit.first or len(token.text) > 2:
        return False
    following = tokens[hit.first + 1] if hit.first + 1 < len(tokens) else None
    if token.text in ("A", "a", "I") and following is not None and (following.is_word or following.text[0].isdigit()):
        return True  # an article, no symbol
    return flat[max(0, token.start - 1) : token.start] in ("/", "·", "^") or flat[token.end : token.end + 1] in (
        "/",
        "·",
        "^",
    )


def _with_index(hit: Hit, tokens: Sequence[Token]) -> Hit:
    """A symbol with its index: the `h1` of "h1 = 1500 W/m²K"."""
    token = tokens[hit.last]
    if len(token.text) > 2 or hit.last + 1 >= len(tokens) or not hit.of("name"):
        return hit
    following = tokens[hit.last + 1]
    if following.start == token.end and following.text in ("1", "2", "3"):
        return Hit(hit.first, hit.last + 1, hit.entries)
    return hit


def _words_within(hit: Hit, tokens: Sequence[Token], lexicon: Lexicon, *, markers_only: bool) -> list[Hit]:
    """The shorter words in a phrase: "liquid" in "liquid water".

    In a name only markers count, words whose kind has one value: the pump of "pump power" is said, the vapour of
    "vapour pressure" is no phase.
    """
    found = []
    for place in range(hit.first, hit.last + 1):
        entries = tuple(e for e in lexicon.phrases.get((tokens[place].key,), ()) if e.role == "word")
        kinds = [lexicon.registry.kinds[entry.subject] for entry in entries]
        if markers_only and any(len(set(kind.words.values())) > 1 for kind in kinds):
            continue
        if entries and not any(kind.subject for kind in kinds):
            found.append(Hit(place, place, entries))
    return found


def _hits(
    tokens: Sequence[Token], said: list[Said], units: Sequence[LoneUnit], lexicon: Lexicon, flat: str
) -> tuple[list[Hit], list[Hit]]:
    """Phrases outside the measured values, so that the `K` of "20 K" names nothing; and things inside them."""
    inside = {index for item in said for index in range(item.first, item.last + 1)}
    inside |= {i for u in units for i, t in enumerate(tokens) if u.start <= t.start < u.end}
    masked = [Token("§", "§", t.start, t.end) if i in inside else t for i, t in enumerate(tokens)]
    hits = [hit for hit in lexicon.scan(masked) if not _no_symbol(hit, tokens, flat)]
    hits = [_with_index(hit, tokens) for hit in hits]
    for hit in list(hits):
        if hit.last > hit.first:
            value = all(entry.role in ("word", "ambiguous") for entry in hit.entries)
            hits.extend(_words_within(hit, masked, lexicon, markers_only=not value))
    hits.sort(key=lambda hit: (hit.first, hit.last))
    places = {(hit.first, hit.last) for hit in hits}
    things = [hit for hit in lexicon.scan_things(masked) if not _cut_out(hit, tokens, flat)]
    return hits, [hit for hit in things if (hit.first, hit.last) not in places]


def _stated_by_words(said: list[Said], hits: Sequence[Hit], tokens: Sequence[Token], text: str) -> None:
    """ "stoichiometric", "counterflow", "toluene": phrases that are values, or imply some."""
    for hit in hits:
        start, end = tokens[hit.first].start, tokens[hit.last].end
        by_value: dict[Value, dict[str, float]] = {}
        for entry in hit.entries:
            if entry.role in ("word", "implies") and entry.value is not None:
                # a number that only a phrase implies gives way to one that is stated
                number = isinstance(entry.value, float)
                by_value.setdefault(entry.value, {})[entry.subject] = 1.2 if number else 0.0
        for value, kinds in by_value.items():
            implied = all(cost > 0 for cost in kinds.values()) and hit.of("word") == ()
            said.append(
                Said(
                    0,
                    start,
                    end,
                    hit.first,
                    hit.last,
                    text[start:end],
                    value=value,
                    kinds=kinds,
                    named=True,
                    implied=implied,
                )
            )


def _coverage(tokens: Sequence[Token], said: list[Said], hits: Sequence[Hit]) -> tuple[float, tuple[str, ...]]:
    known = {index for hit in hits for index in range(hit.first, hit.last + 1)}
    known |= {index for item in said for index in range(item.first, item.last + 1)}
    content = [(i, t) for i, t in enumerate(tokens) if t.is_word and len(t.text) > 1 and t.text.lower() not in STOP]
    unknown = [t.text for i, t in content if i not in known and re.fullmatch(r"[\w'-]{4,}", t.text)]
    share = sum(1 for i, _ in content if i in known) / len(content) if content else 0.0
    return share, tuple(unknown)
