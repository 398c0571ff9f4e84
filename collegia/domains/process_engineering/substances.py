"""Names of substances: the words people write, and what the libraries behind the experts call the same thing.

A substance's value is its plain English name ("water", "carbon dioxide"). Formulae, synonyms and trade names lead
to it; names that fit several substances lead to a question back. Anything else is looked up by its full chemical
name in the identifiers of the `chemicals` library, with ordinary words kept out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from collegia.domains.process_engineering.substance_table import CLASS_WORDS, ORDINARY_WORDS, TABLE, UNCLEAR
from collegia.errors import NoData

__all__ = ["AMBIGUOUS", "WORDS", "Substance", "cas_number", "chemicals_id", "coolprop_name", "entry", "look_up"]


class Substance(NamedTuple):
    """One substance: its plain name, CAS number and CoolProp's name (empty where CoolProp has none)."""

    name: str
    cas: str
    coolprop: str


def _read() -> tuple[dict[str, Substance], dict[str, str | float | tuple[object, ...]]]:
    entries: dict[str, Substance] = {}
    words: dict[str, str | float | tuple[object, ...]] = {}
    for line in TABLE.strip().splitlines():
        name, cas, coolprop, synonyms = (part.strip() for part in line.split("|"))
        entries[name] = Substance(name, cas, coolprop)
        words[name] = name
        for word in filter(None, (word.strip() for word in synonyms.split(";"))):
            words[word] = name
    return entries, words


_ENTRIES, WORDS = _read()
_BY_CAS = {substance.cas: substance for substance in reversed(_ENTRIES.values())}

AMBIGUOUS: dict[str, str] = {
    phrase.strip(): question.strip()
    for line in UNCLEAR.strip().splitlines()
    for phrases, question in [line.split("|")]
    for phrase in phrases.split(";")
}
"""Phrases that name a stream, but no one substance, with the question to ask back where the substance is needed."""

_ORDINARY = frozenset(ORDINARY_WORDS.split())
_CLASSES = frozenset(CLASS_WORDS.split())
_LOCANT = re.compile(r"\d-|\b(?:n|o|m|p|sec|tert|cis|trans)-")
_NAME = re.compile(r"[A-Za-z0-9αβγ,'()\[\]+\- ]+")


def entry(substance: str) -> Substance:
    """The table's entry for a substance, or one with an empty CoolProp name for any other name."""
    return _ENTRIES.get(substance) or Substance(substance, "", "")


@lru_cache(maxsize=512)
def look_up(phrase: str) -> str | None:
    """The substance that a phrase names by its full chemical name, None where it names none.

    The identifiers hold trade names too ("flash", "arsenal", "champion" are pesticides), and bare names that skip a
    position ("pentanone"). So a phrase counts only where it is the main or the systematic name of what it finds, gives
    positions ("2-ethylhexanol"), or ends in a class of compounds ("butyl acrylate"), and has five letters or more.
    """
    name = " ".join(phrase.split())
    low = name.lower()
    if low in _ENTRIES:
        return low
    letters = sum(character.isalpha() for character in name)
    if letters < 5 or low in _ORDINARY or low in AMBIGUOUS or not _NAME.fullmatch(name):
        return None
    cas = _find(low)
    if cas is None or not _says_a_chemical(low, cas):
        return None
    known = _BY_CAS.get(cas)
    return known.name if known else low


def _says_a_chemical(name: str, cas: str) -> bool:
    from chemicals import search_chemical

    found = search_chemical(cas)
    if name in ((found.common_name or "").lower(), (found.iupac_name or "").lower()):
        return True
    words = name.split()
    return bool(_LOCANT.search(name)) or (len(words) > 1 and words[-1] in _CLASSES)


@lru_cache(maxsize=512)
def _find(name: str) -> str | None:
    from chemicals import CAS_from_any

    try:
        return str(CAS_from_any(name))
    except (ValueError, KeyError, IndexError):  # what the library raises for text that is no chemical
        return None


def cas_number(substance: str) -> str:
    """The CAS number of a substance.

    Raises:
        NoData: the name is not known.
    """
    found = entry(substance).cas or _find(substance.lower())
    if not found:
        raise NoData(f"no chemical data is known for {substance!r}")
    return found


def chemicals_id(substance: str) -> str:
    """What the `chemicals` and `thermo` libraries know a substance by: its CAS number.

    Raises:
        NoData: the name is not known, or stands for a mixture such as air.
    """
    cas = cas_number(substance)
    if not re.fullmatch(r"\d+-\d\d-\d", cas) or substance in _MIXTURES:
        raise NoData(f"{substance} is a mixture; the compound data hold pure substances only")
    return cas


_MIXTURES = frozenset({"air", "R404A", "R407C", "R410A", "R507A"})


def coolprop_name(substance: str) -> str:
    """What CoolProp calls a substance.

    Raises:
        NoData: CoolProp has no equation of state for it.
    """
    known = entry(substance)
    if not known.cas:
        known = _BY_CAS.get(_find(substance.lower()) or "", known)
    if not known.coolprop:
        raise NoData(f"no reference equation of state for {substance} (CoolProp)")
    return known.coolprop
