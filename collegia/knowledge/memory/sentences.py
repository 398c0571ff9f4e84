"""What a sentence says, by the forms of plain English in which people state values, short forms and wishes.

A sentence is taken for a value only where nothing is left over: "the density of the brine at 20 °C is 1150 kg/m³" has
a condition, "the level is 2 m below the rim" goes on, so both are kept as sentences and no number is taken from them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from collegia.knowledge.memory import forms
from collegia.knowledge.memory.amounts import amount_of, holds_measure, name_of, unit_of
from collegia.knowledge.memory.naming import canonical, word_keys
from collegia.knowledge.memory.records import Abbreviation, Amount, Content, Preference, Statement, Value
from collegia.knowledge.memory.wording import LONGEST
from collegia.knowledge.text import STOP_WORDS, sentences

__all__ = ["Correction", "Parsed", "lasting", "parse"]

_MOST_WORDS = 10


@dataclass(frozen=True, slots=True)
class Correction:
    """A value for what was spoken of last: "no, it is 0.2 mm"."""

    amount: Amount


Parsed = Content | Correction


def parse(text: str) -> Parsed:
    """What a sentence says; one in no known form is a statement."""
    body = _bare(text)
    body = forms.OPENING.sub("", body, count=1)
    corrected = forms.NO.match(body)
    if corrected is not None:
        body = body[corrected.end() :]
    said = forms.IT.fullmatch(body)
    if said is not None and (corrected is not None or said["it"]):
        amount = amount_of(said["value"]) or (name_of(said["value"]) if corrected is not None else None)
        if amount is not None:
            return Correction(amount)
    return _abbreviation(body) or _preference(body) or _value(body) or Statement()


def lasting(text: str) -> tuple[str, ...]:
    """The sentences of a text that are meant to be kept, not only for the question they stand in.

    These are what begins with "remember", "always", "from now on" or "no, …", and what says what a short form means.
    A value that a question merely states ("our flow is 50 m³/h") is that question's own.
    """
    found = []
    for span in sentences(text):
        said = span.of(text)
        body = _bare(said)
        if body.endswith("?") or len(body) > LONGEST:
            continue
        parsed = parse(said)
        wished = forms.LASTING.match(body) is not None
        corrects = forms.NO.match(body) is not None and not isinstance(parsed, Statement)
        if wished or corrects or (isinstance(parsed, Abbreviation) and "=" not in body):
            found.append(said)
    return tuple(found)


def _bare(text: str) -> str:
    """A sentence without its full stop, quotes and blanks made plain; every letter keeps its place."""
    return text.strip().translate(forms.LEVEL).rstrip(".! ")


def _abbreviation(body: str) -> Abbreviation | None:
    for form in (forms.BY_I_MEAN, forms.STANDS_FOR, forms.MEANS):
        said = form.fullmatch(body)
        if said is None:
            continue
        short, long = _phrase(said["short"]), _phrase(said["long"])
        if form is forms.MEANS and not _is_short_form(said["short"], said["link"].lower(), long):
            return None
        if _may_be_short(short, long) and _may_be_long(long) and word_keys(short) != word_keys(long):
            return Abbreviation(short, long)
    return None


def _phrase(text: str) -> str:
    return re.sub(r"^(?:the|an?|our|my)\s+", "", text.strip(' "'), flags=re.IGNORECASE)


def _may_be_short(short: str, long: str) -> bool:
    words = short.split()
    if len(words) == 1 and len(short) > 1 and short.isupper() and not long.isupper():
        return short[0].isalnum()  # WAS and IT are small words only in small letters
    return len(short) > 1 and 0 < len(words) <= 3 and short[0].isalnum() and not _is_small(words)


def _is_small(words: list[str]) -> bool:
    return all(word.casefold() in STOP_WORDS for word in words)


def _may_be_long(long: str) -> bool:
    words = long.split()
    plain = 0 < len(words) <= _MOST_WORDS and not _is_small(words) and forms.NO_LONG.search(long) is None
    return plain and not holds_measure(long) and amount_of(long) is None


def _is_short_form(short: str, link: str, long: str) -> bool:
    """Whether a word before "means" is a short form: "CW means cooling water", not "cavitation means damage"."""
    bare = short.strip('"')
    if link == "is":  # only where the letters are the words' initials
        initials = "".join(word[0] for word in long.split() if word.casefold() not in STOP_WORDS)
        return bare.isupper() and len(bare) > 1 and bare.casefold() == initials.casefold()
    if short.startswith('"') or any(one.isupper() or one.isdigit() for one in bare[1:]):
        return True
    return len(bare) <= 4


def _preference(body: str) -> Preference | None:
    for form in forms.PREFERENCES:
        said = form.fullmatch(body)
        if said is None:
            continue
        name, written = _phrase(said["name"]), forms.AFTERTHOUGHT.sub("", said["unit"])
        unit = unit_of(written)
        if unit is None or not unit.text or holds_measure(name) or len(name.split()) > _MOST_WORDS:
            continue
        if not set(word_keys(name)) - forms.NOTHING:
            name = ""
        elif forms.NO_NAME.search(name) is not None:
            continue
        return Preference(name, unit.text, written, unit.reference)
    return None


def _value(body: str) -> Value | None:
    for form in (forms.USE_FOR, forms.USE_OF, forms.HAS_OF):
        said = form.fullmatch(body)
        amount = amount_of(said["value"], body, said.start("value")) if said is not None else None
        if said is not None and amount is not None:
            subject = said.groupdict().get("subject")
            return _made(f"{said['what']} of {subject}" if subject else said["what"], amount)
    for link in forms.IS.finditer(body):
        left, right = body[: link.start()], body[link.end() :]
        if (amount := amount_of(right, body, link.end())) is not None:
            return _made(left, amount)
        if (amount := amount_of(left, body)) is not None:  # "8000 h/year is our operating time"
            return _made(right, amount)
        owned = forms.OURS.match(left) or forms.OF.search(left)
        if owned and link.group().strip().lower() in ("is", "are") and (named := name_of(right)) is not None:
            return _made(left, named)
    return None


def _made(what: str, amount: Amount) -> Value | None:
    """The value of a noun phrase; None where it is none, or says a condition as well."""
    if len(what.split()) > _MOST_WORDS or forms.NO_NAME.search(what) or holds_measure(what) or not canonical(what):
        return None
    joint = forms.OF.search(what)
    if joint is None:
        return Value("", _phrase(what), amount)
    return Value(what[joint.end() :].strip(), _phrase(what[: joint.start()]), amount)
