"""The words of plain English that reading leans on. None belongs to a domain."""

from __future__ import annotations

__all__ = [
    "AFTER_ONLY",
    "ASKING",
    "BREAKS",
    "CHANGES",
    "COMPARED",
    "CONDITIONAL",
    "CONNECT",
    "CORRECTING",
    "DISMISSING",
    "DIVIDING",
    "EACH",
    "FACTORS",
    "FRACTIONS",
    "LATELY",
    "NUMBER_WORDS",
    "PREPOSITIONS",
    "REFERRING",
    "REST",
    "SPANNING",
    "STOP",
    "TELLING",
    "THEN",
    "TO",
    "TOGETHER",
    "TO_NOT",
    "TURNED",
]

CONNECT = frozenset(
    """@ = : is of at was are were be being been about approximately approx ca circa roughly around equal equals (
    the a an ≈ ~ as taken assumed here only set value rate""".split()
)
"""Words that may stand between a name and its value."""

ASKING = frozenset(
    """what which how find calculate compute determine give estimate work need want size get tell evaluate predict
    required require show report quote state check obtain derive figure much many what's whats how's also plus
    calc wanted needed desired looking quantify""".split()
)

DISMISSING = frozenset(
    """neglect neglecting ignore ignoring without no assume assuming look using use via by take taking disregard
    disregarding not""".split()
)

PREPOSITIONS = frozenset(
    """at with for of from using through into onto under over against if when where based given to in on per between
    than""".split()
)

BREAKS = frozenset({".", "?", "!", ";", "\n"})
THEN = frozenset({"then", "afterwards", "subsequently", "thereafter", "finally", "next"})
TO = frozenset({"to", "down", "up", "into"})
TO_NOT = frozenset(
    """equal due according open next relative compared add added up refer referred close subject similar exposed
    attached connected corresponds vented""".split()
)
EACH = frozenset({"each", "both", "either", "per"})

TOGETHER = frozenset(
    """total sum combined together altogether average mean factor times respectively versus compare compared
    comparison mixed mixing blended merging joining joined change changes changing less more either
    between than series""".split()
)
"""Words by which values of a list are not meant one by one: a sum, a comparison, a pairing with another list."""

FACTORS = frozenset(
    """twice thrice double doubled doubling triple tripled tripling treble trebled quadruple quadrupled half halve
    halved halving dozen couple""".split()
)
FRACTIONS = frozenset({"third", "quarter", "fifth", "tenth"})
CONDITIONAL = frozenset({
    "unless", "otherwise", "else", "whichever", "depending", "vice", "deferred", "delayed", "postponed", "onward",
    "onwards",
})  # fmt: skip
AFTER_ONLY = frozenset({"after", "at", "from", "once", "until", "when"})
REFERRING = frozenset({"former", "latter", "previous", "aforementioned"})
CORRECTING = frozenset({"sorry", "meant", "oops", "scratch", "wait", "mistake", "erroneously", "typo"})
"""Words with which somebody takes back what was said."""
LATELY = frozenset({"previously", "formerly", "earlier", "hitherto", "yesterday", "supposedly", "allegedly", "once"})
"""Words of a time whose values need not hold."""
REST = frozenset(
    """left short escape escapes escaping slips
    remaining remain remains remained leftover residual lose loses losing lost waste wastes wasted wasting
    missing rest""".split()
)
"""Words that make of a share the share of what is not meant."""
DIVIDING = frozenset(
    """split splits splitting shared shares divided dividing distributed apportioned halves diverted diverting
    withdrawn removed equally evenly one-to-one""".split()
)
"""Words by which only a part of a stated value is meant."""
SPANNING = frozenset({"over", "across", "including", "around", "incl"})
"""Words that say over what something is measured."""
TURNED = frozenset({"not", "without", "except", "excluding", "instead", "neither", "nor", "never", "unlike"})
CHANGES = (
    "reduc",
    "increas",
    "rais",
    "lower",
    "cut",
    "drop",
    "fall",
    "fell",
    "ris",
    "grow",
    "grew",
    "shrink",
    "enlarg",
)
"""How verbs of change begin; with "by" and a share they change a value that stands elsewhere."""
COMPARED = frozenset(
    """more less higher lower greater smaller larger bigger above below longer shorter extra additional off faster
    slower""".split()
)
TELLING = frozenset(
    {"explain", "comment", "discuss", "justify", "list", "answer", "round", "describe", "thanks", "say"}
)

NUMBER_WORDS = {
    "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0, "nine": 9.0,
    "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "thirteen": 13.0, "fourteen": 14.0, "fifteen": 15.0, "sixteen": 16.0,
    "seventeen": 17.0, "eighteen": 18.0, "nineteen": 19.0, "twenty": 20.0, "thirty": 30.0, "forty": 40.0,
    "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0, "ninety": 90.0, "hundred": 100.0, "thousand": 1000.0,
}  # fmt: skip

STOP = frozenset(
    """a an and are as at be been being both but by can could did do does each either for from had has have her his
    how i if in into is it its just let like may me might much must my no not now of off on or our out over per
    please she should so some such than that the their them then there these they this those through to under up
    us was we were what when where which while who why will with would you your about after all also am any
    because before between here more most only other same too very via vs yes take given using use find calculate
    compute determine give estimate need want get tell me many long know help""".split()
)
"""Words that say nothing of what a question is about."""
