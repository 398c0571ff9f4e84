"""An answer made of quoted sentences: the ones that say what was asked, whole, each with its document and span.

No sentence is changed or cut, so every citation reads the same in its document.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from collegia.knowledge.records import Hit
from collegia.knowledge.search.searcher import Found
from collegia.knowledge.split import is_pointer
from collegia.knowledge.text import asked_words, content_words, related, sentences, stem

__all__ = ["Quote", "Quoting", "compose", "coverage"]

_ALSO = re.compile(r"\W*also (?:called|known as)\b", re.IGNORECASE)
_SHORTEST, _LONGEST = 4, 60  # words of a sentence that is quoted

# What the words of a question ask for, and the words that show a sentence gives it; plain English only.
_WANTS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(
            r"\b(?:why|reasons?|explain|cause[sd]?|trace|mechanism|how (?:does|can|do|would|is|are)|what happens|"
            r"becomes?)\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(?:because|so that|therefore|thus|hence|causes?|leads? to|since|results? in|lowers?|raises?|reduces?|"
            r"increases?|depends?|falls?|rises?|grows?|drops?|makes?|means)\b",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(
            r"\b(?:prevent\w*|avoid\w*|cures?|remed\w+|mitigat\w+|protect\w*|stops?|do about|should|guards?|helps?|"
            r"fitted|tricks?|past|ways? (?:out|round|around)|arrangement|safeguards?|precautions?|check(?:ed)?)\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(?:prevents?|prevented|avoids?|protects?|keeps?|should|must|mitigates?|cures?|breaks?|use|choose|fit|check|"
            r"margin|instead)\b",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(r"\b(?:when|which|instead|rather|versus|vs|prefer|choose|valid|enough|allowed)\b", re.IGNORECASE),
        re.compile(
            r"\b(?:when|where|instead|rather|only|if|suits?|valid|below|above|unless|prefer\w*)\b", re.IGNORECASE
        ),
    ),
)
_ASKS_FIGURES = re.compile(
    r"\b(?:typical|usual|usually|limits?|range|values?|margin|rules? of thumb|figures?|"
    r"how (?:much|far|high|low|big|fast|many)|(?:below|above|at|up to|between) (?:what|which)|"
    r"(?:what|which) (?:\w+ ){0,2}(?:level|limit|velocity|fraction|ratio|concentration|value|margin|share|range|speed|"
    r"temperature|pressure)|where between|normally|fraction)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d")
_OF_WHAT = re.compile(
    r"\b(?:what|which|typical|usual|maximum|minimum|safe|recommended|how (?:high|low) an?) "
    r"((?:[\w-]+ ){0,2}?(?:level|limit|velocity|fraction|ratio|concentration|value|margin|share|range|speed|"
    r"temperature|pressure)s?\b(?: limits?\b)?)",
    re.IGNORECASE,
)
_OF_ANYTHING = frozenset(
    "level levels limit limits value values range share typical usual safe maximum minimum".split()
)


@dataclass(frozen=True, slots=True)
class Quoting:
    """What decides which sentences are quoted.

    Attributes:
        documents, each_part: how many documents, and how many more for each part of the question.
        sentences, per_part: how many sentences, and how many more for each part.
        part: what a part's search counts beside the whole question's.
        leading: what the best document of a part gains.
        passages: of a document that count together.
        least: the share of the best document's score below which one is not quoted.
        led: the score of a document that the best ones speak of.
        each: further sentences of the best document, of others in proportion.
        defined: documents of which the sentence is quoted that says what they are about.
        again: what a word of the question counts when a chosen sentence has it already.
        near: words of the question in the headings.
        passage, document: the scores of the sentence's passage and document.
        figures: a number in the sentence, where the question asks for figures.
        figure_of: a number beside the quantity of which the question asks a figure.
        wanted: words that show that a sentence gives the sort of thing that is asked.
        joined: the name of another quoted document in the sentence.
        named: how many quoted sentences of others name a document that is heard too, with one sentence.
        same: what a sentence loses that repeats a chosen one.
        first: what the first sentence of a document gains.
    """

    documents: int = 3
    each_part: int = 1
    sentences: int = 8
    per_part: int = 3
    part: float = 0.8
    leading: float = 0.3
    passages: int = 4
    least: float = 0.4
    led: float = 0.2
    each: float = 4.0
    defined: int = 3
    again: float = 0.8
    near: float = 0.15
    passage: float = 0.5
    document: float = 0.1
    figures: float = 0.25
    figure_of: float = 0.5
    wanted: float = 0.12
    joined: float = 0.1
    named: int = 2
    same: float = 0.5
    first: float = 0.6


_MOST_DOCUMENTS = 10  # more are no provenance
_MOST_SENTENCES = 14


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a document, word for word: `text` is the document's `[start:end]`.

    Attributes:
        document: the name that citations call the document by.
        source: what identifies it in the store.
        heading: the headings above the sentence.
    """

    document: str
    source: str
    start: int
    end: int
    text: str
    heading: str = ""


@dataclass(slots=True)
class _Candidate:
    hit: Hit
    start: int
    end: int
    stems: frozenset[str]
    words: frozenset[str]
    score: float
    defines: bool
    names: frozenset[int]
    """Other documents that the sentence names."""


def compose(
    question: str,
    found: Sequence[tuple[str, Found]],
    leads: Callable[[Mapping[int, float]], Sequence[Hit]],
    raw: Callable[[int], str],
    quoting: Quoting | None = None,
) -> tuple[Quote, ...]:
    """The sentences that answer a question, document by document, the best first and each document in its own order.

    Args:
        question: what was asked.
        found: what the search gave for the question, and then for each of its parts.
        leads: given the scores of documents, hits in others that these speak of.
        raw: the text of a document, by the store's number.
        quoting: what decides.
    """
    rules = Quoting() if quoting is None else quoting
    hits = _quotable(found)
    if not hits:
        return ()
    parts = max(1, len(found) - 1)
    documents = _best_documents(hits, min(_MOST_DOCUMENTS - 3, rules.documents + rules.each_part * (parts - 1)), rules)
    best: dict[int, float] = {}
    everything: dict[int, Hit] = {}
    led = [hit for hit in leads(documents) if not is_pointer(hit.passage.heading)]
    for some in (*(some for _, some in hits), led):
        for hit in some:
            everything.setdefault(hit.passage.id, hit)
            best[hit.passage.id] = max(best.get(hit.passage.id, 0.0), hit.score / some[0].score)
    for hit in led:
        documents.setdefault(hit.passage.document, rules.led)
    weights = _weights(question, list(everything.values()))
    names = _names(everything.values(), documents)
    candidates = [
        candidate
        for hit in everything.values()
        if hit.passage.document in documents
        for candidate in _sentences(
            question, hit, weights, best[hit.passage.id], documents[hit.passage.document], names, rules
        )
    ]
    most = min(_MOST_SENTENCES, rules.sentences + rules.per_part * (parts - 1))
    chosen = _choose(candidates, documents, weights, most, rules)
    order = {number: place for place, number in enumerate(documents)}
    chosen.sort(key=lambda one: (order[one.hit.passage.document], one.start))
    return tuple(_quote(one, raw(one.hit.passage.document)) for one in chosen)


def _names(hits: Iterable[Hit], documents: Mapping[int, float]) -> dict[int, str]:
    """The titles of the documents, in small letters: a sentence that has the name of another one joins the two."""
    return {
        hit.passage.document: hit.passage.heading.partition(" › ")[0].casefold()
        for hit in hits
        if hit.passage.document in documents and hit.passage.heading
    }


def _quotable(found: Sequence[tuple[str, Found]]) -> list[tuple[str, list[Hit]]]:
    """The hits that say something, by what was searched; lists of links are left out."""
    kept = []
    for said, one in found:
        hits = [hit for hit in one.hits if not is_pointer(hit.passage.heading)]
        if hits and hits[0].score > 0:
            kept.append((said, hits))
    return kept


def _quote(one: _Candidate, text: str) -> Quote:
    """The candidate as it stands in the document, the marks that open at its first word included."""
    start = one.start
    while start > 0 and text[start - 1] in "[*_`(\"“'‘":
        start -= 1
    return Quote(one.hit.name, one.hit.source, start, one.end, text[start : one.end], one.hit.passage.heading)


def coverage(question: str, texts: Iterable[str], known: Mapping[str, int], passages: int) -> float:
    """The share of a question's words that some texts have together, a word that is rare in the store counting more.

    Args:
        question: what was asked.
        texts: passages that were found.
        known: in how many passages of the store each stem of the question stands.
        passages: how many the store has.
    """
    stems = dict.fromkeys(stem(word) for word in asked_words(question))
    # a word that no passage has says little: people tell stories around what they ask
    weight = {one: math.log(1 + passages / (1 + known.get(one, passages // 50))) for one in stems}
    total = sum(weight.values())
    if not total:
        return 0.0
    there = {stem(word) for text in texts for word in content_words(text)}
    return sum(w for one, w in weight.items() if any(related(one, other) for other in there)) / total


def _best_documents(hits: Sequence[tuple[str, list[Hit]]], most: int, rules: Quoting) -> dict[int, float]:
    """The documents worth quoting, the best first: by their two best passages, for the whole and for each part."""
    totals: dict[int, float] = {}
    leading: dict[int, float] = {}
    for place, (_, some) in enumerate(hits):
        scores: dict[int, list[float]] = {}
        for hit in some:
            scores.setdefault(hit.passage.document, []).append(hit.score)
        summed = {number: sum(sorted(found)[-rules.passages :]) for number, found in scores.items()}
        best = max(summed.values())
        for number, score in summed.items():
            totals[number] = totals.get(number, 0.0) + (1.0 if place == 0 else rules.part) * score / best
            if place and score == best:
                leading[number] = rules.leading
    ranked = sorted(totals, key=lambda number: -totals[number] - leading.get(number, 0.0))[:most]
    top = max(totals.values())
    return {number: totals[number] / top for number in ranked if totals[number] >= rules.least * top}


def _weights(question: str, hits: Sequence[Hit]) -> dict[str, float]:
    """How much each stem of the question tells the found passages apart."""
    counts: Counter[str] = Counter()
    for hit in hits:
        counts.update({stem(word) for word in content_words(hit.passage.body)})
    stems = dict.fromkeys(stem(word) for word in asked_words(question))
    return {one: math.log(1 + (len(hits) + 1) / (1 + counts[one])) for one in stems}


def _sentences(
    question: str,
    hit: Hit,
    weights: Mapping[str, float],
    passage: float,
    document: float,
    names: Mapping[int, str],
    rules: Quoting,
) -> Iterable[_Candidate]:
    total = sum(weights.values()) or 1.0
    heading = {stem(word) for word in content_words(hit.passage.heading)}
    wanted = [shows for asks, shows in _WANTS if asks.search(question)]
    figures = _ASKS_FIGURES.search(question) is not None
    named = {word for match in _OF_WHAT.finditer(question) for word in content_words(match[1])}
    of_what = {stem(word) for word in named - _OF_ANYTHING}
    for place, span in enumerate(sentences(hit.passage.body)):
        said = span.of(hit.passage.body)
        if not _SHORTEST <= len(said.split()) <= _LONGEST or said.endswith("?") or _ALSO.match(said):
            continue
        stems = frozenset(stem(word) for word in content_words(said))
        words = frozenset(one for one in weights if any(related(one, other) for other in stems))
        near = sum(w for one, w in weights.items() if any(related(one, other) for other in heading)) / total
        score = rules.near * near + rules.passage * passage + rules.document * document
        score += rules.wanted * sum(bool(shows.search(said)) for shows in wanted)
        if figures and _FIGURE.search(said):
            score += rules.figures + rules.figure_of * (not of_what.isdisjoint(stems))
        low = said.casefold()
        others = frozenset(number for number, name in names.items() if number != hit.passage.document and name in low)
        score += rules.joined * min(2, len(others))
        start = hit.passage.start + span.start
        defines = " › " not in hit.passage.heading and place <= 1
        yield _Candidate(hit, start, hit.passage.start + span.end, stems, words, score, defines, others)


def _choose(
    candidates: Sequence[_Candidate],
    documents: Mapping[int, float],
    weights: Mapping[str, float],
    most: int,
    rules: Quoting,
) -> list[_Candidate]:
    """The best that say something new: many of the best documents, few of the others, what each is about first."""
    chosen: list[_Candidate] = []
    left = list(candidates)
    total = sum(weights.values()) or 1.0
    open_words = dict.fromkeys(weights, 1.0)

    def take(one: _Candidate) -> None:
        chosen.append(one)
        left.remove(one)
        for word in one.words:
            open_words[word] *= rules.again

    for number in list(documents)[: rules.defined]:
        about = next((one for one in left if one.defines and one.hit.passage.document == number), None)
        if about is not None:
            take(about)
    while left and len(chosen) < most:
        counts = Counter(one.hit.passage.document for one in chosen)
        best, gain = None, 0.0
        for one in left:
            number = one.hit.passage.document
            if counts[number] >= 1 + round(rules.each * documents[number]):
                continue
            same = max((len(one.stems & other.stems) / max(1, len(one.stems)) for other in chosen), default=0.0)
            asked = sum(weights[word] * open_words[word] for word in one.words) / total
            value = (
                asked + one.score - rules.same * same + (rules.first * documents[number] if not counts[number] else 0.0)
            )
            if best is None or value > gain:
                best, gain = one, value
        if best is None:
            break
        take(best)
    spoken_of = Counter(number for one in chosen for number in one.names)
    heard = {one.hit.passage.document for one in chosen}
    more = [one for one in left if one.hit.passage.document not in heard]
    named = [one for one in more if spoken_of[one.hit.passage.document] >= rules.named]
    if named:
        take(max(named, key=lambda one: (spoken_of[one.hit.passage.document], sum(weights[w] for w in one.words))))
    return chosen
