"""Unit text as engineers write it, rewritten into text that pint parses without guessing.

`W/m2K`, `kg h-1`, `m³/h`, `kJ/(kg·K)`, `Btu/hr-ft2-F`, `litres per minute`, `mm of water`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from collegia.tools.unit_words import REFUSED, WHOLE, WORDS

__all__ = ["LARGEST_POWER", "plain", "rewrite"]

_LONGEST = 120
LARGEST_POWER = 12
"""No unit has a larger exponent."""

_LETTERS = r"A-Za-zμÅΩΔ°$€£%¢\""
_PIECES = re.compile(rf"\s+|[{_LETTERS}_]+(?:_\d+)?|\d+(?:\.\d+)?|[-+^*/()]")
_NAME = re.compile(r"[A-Za-zμΔ][A-Za-zμ_]*(?:_\d+)?")

_COLUMN = r"\b(mm|cm|m|in|ft)\.?\s*(?:of\s+)?"
_REWRITTEN = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\bper\s+cent\b", "percent"),
        (r"\b(?:mol(?:e|ar)?|vol(?:ume)?)[\s-]*(?:%|percent\b)", "percent"),
        (r"\b[Mm]etric[\s-]+(?=tons?\b)", ""),
        (r"\b[Pp]ounds?(?:[\s-]force)?\s+per\s+(?:square|sq\.?)\s+inch\b", "psi"),
        (r"\bU\.?S\.?[\s-]+(?=gal|gpm|bbl|barrel)", ""),
        (r"\b(?:[Ii]mp(?:erial|\.)?|UK)\s*gal(?:lon)?s?\b", "imperial_gallon"),
        (r"\b[Dd]eg(?:ree)?s?\.?\s*([Cc]elsius|[Ff]ahrenheit|[Kk]elvin|[Rr]ankine|[CFKR])\b", r"°\1"),
        (r"°\s*([CcFfKkRr])(?:elsius|ahrenheit|elvin|ankine)?\b", lambda match: "°" + match[1].upper()),
        (r"\b(?:inch(?:es)?)(?=\s*(?:of\s+)?(?:H2O|[Ww]\.?\s?[CcGg]\b|water|Hg|mercury))", "in"),
        (r"\b(?:feet|foot)(?=\s*(?:of\s+)?(?:H2O|[Ww]\.?\s?[CcGg]\b|water))", "ft"),
        (_COLUMN + r"(?:H2O|W\.?\s?[CG]\b\.?|w\.?\s?[cg]\b\.?|water(?:\s+(?:column|gauge))?)(?![A-Za-z])", r"\1_water"),
        (_COLUMN + r"(?:Hg|mercury)\b", r"\1Hg"),
        (r"\b(?:[Tt]ons?|TR)\s*(?:of\s+)?refrigeration\b", "TR"),
        (r"\b[Ll]ight[\s-]+years?\b", "light_year"),
        (r"\b(kg|lb|g)-mol(?:es?|s)?\b", r"\1mol"),
        (r"\bMM\s?(?=Btu|BTU|btu)", "MM"),
        (r"\b(?:sq|square)[\s.]+([A-Za-z]+)", r"\1^2"),
        (r"\b(?:cu|cubic)[\s.]+([A-Za-z]+)", r"\1^3"),
        (r"\s*\bper\b\s*", "/"),
        (r"(?<=[A-Za-z0-9])\.(?=\s*(?:/|\)|$))", ""),
        # `W/mK` is per metre and kelvin; pint would read a millikelvin. `kJ/kgK` likewise.
        (r"(?<=[/( ·⋅*.])m(?=(?:K|°[CF])(?![A-Za-z]))", "m "),
        (r"(?<![A-Za-z])(kg|g|lb|lbm|mol|kmol|lbmol)(?=K(?![A-Za-z]))", r"\1 "),
        (r"(?<=[A-Za-z0-9])°(?=[CFKR])", " °"),
        (r"(?<=[A-Za-z0-9)])\s*[·⋅∙•×*.]\s*(?=[A-Za-zμΩ°(])", "*"),
        (r"(?<=[A-Za-z0-9)])-(?=[A-Za-zμΩ°(])", "*"),
    )
)
_MISREAD = re.compile(
    r"(?<![A-Za-z])(?:N\s*(?:m\^?3|cu|l\b|L\b)|S\s*m\^?3|[Ss]td|[Nn]ormal|[Ss]tandard\s|ms\s*\^?\(?-1)"
)
"""Standard volumes without their state, and `ms-1`, which is a velocity to one reader and a frequency to the next."""


def plain(text: str) -> str:
    """The text in plain characters: `m³·s⁻¹` is `m3·s-1`, `µm` is `μm`, `℃` is `°C`."""
    body = text.replace("º", "°").replace("″", '"').replace("''", '"').replace("ᵒ", "°")
    body = unicodedata.normalize("NFKC", body).replace("∆", "Δ")
    return re.sub(r"[−–‐‑]", "-", body).replace("**", "^").strip()


def rewrite(text: str, known: Callable[[str], bool]) -> str | None:
    """Unit text as people write it -> text that pint parses; None where a word in it is not known.

    Args:
        text: as written.
        known: whether pint knows a word.
    """
    body = plain(text)
    if len(body) > _LONGEST:
        return None
    if (whole := body.replace("^", "").replace(" ", "")) in WHOLE:
        return WHOLE[whole]
    if body in WORDS:
        return WORDS[body]
    for pattern, replacement in _REWRITTEN:
        body = pattern.sub(replacement, body)
    if _MISREAD.search(body):
        return None
    if (whole := body.replace("^", "").replace(" ", "")) in WHOLE:
        return WHOLE[whole]
    if body.startswith("/"):
        body = "1" + body
    pieces = _PIECES.findall(body)
    if "".join(pieces) != body:
        return None
    return _assemble(pieces, known)


def _assemble(pieces: list[str], known: Callable[[str], bool]) -> str | None:
    """Join unit words; what follows a slash stays below it, as every engineer means `W/m2K` and `W/m2·K`."""
    out: list[str] = []
    alone = len(pieces) == 1
    below = [False]
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        index += 1
        if piece.isspace():
            continue
        open_ended = not out or out[-1] in ("*", "/", "(")
        if piece in ("*", "/", ")"):
            if open_ended or (piece == ")" and len(below) == 1):
                return None
            if piece == ")":
                below.pop()
                out.append(")")
                continue
            below[-1] = below[-1] or piece == "/"
            out.append("/" if below[-1] else "*")
            continue
        if piece == "(" and not open_ended:
            return None  # `bar(x)` is a unit with a remark that is not understood, and no product
        if not open_ended:
            out.append("/" if below[-1] else "*")
        if piece == "(":
            below.append(False)
            out.append("(")
            continue
        unit = "1" if piece == "1" else _look_up(piece, known, alone=alone)
        power, index = _power(pieces, index)
        if unit is None or power is None or (power.startswith("-") and below[-1]):
            return None
        out.append(f"({unit})" + (f"**({power})" if power != "1" else ""))
    if len(below) > 1 or (out and out[-1] in ("*", "/")):
        return None
    return "".join(out)


def _power(pieces: list[str], index: int) -> tuple[str | None, int]:
    """The exponent that follows a unit word: `3`, `-1`, `^2`, `^(-1)`; `1` where there is none."""
    rest = "".join(pieces[index:])
    match = re.match(r"\s*\^\s*(?:\(\s*([-+]?\d+(?:\.\d+)?)\s*\)|([-+]?\d+(?:\.\d+)?))|([-+]?\d)(?![\d.])", rest)
    if match is None:
        return (None if re.match(r"\s*\^|[-+]?\d", rest) else "1"), index
    power = (match[1] or match[2] or match[3]).removeprefix("+")
    if abs(float(power)) > LARGEST_POWER:
        return None, index
    end, length = index, match.end()
    while length > 0:
        length -= len(pieces[end])
        end += 1
    return power, end


def _look_up(word: str, known: Callable[[str], bool], *, alone: bool) -> str | None:
    """One unit word -> pint text. Inside a compound, degrees are differences (W/m2/°C)."""
    if word in REFUSED:
        return None
    found = WORDS.get(word)
    if found is None and len(word) > 3:
        found = WORDS.get(word.lower())
    if found is not None:
        return found if alone or found not in ("degC", "degF") else "delta_" + found
    if not _NAME.fullmatch(word):
        return None
    if known(word):
        # pint takes a plural `s` off symbols as well: `kPas` would be a kilopascal.
        symbol = word.endswith("s") and len(word) <= 4 and word not in ("ms", "ns", "us", "μs", "ks", "Ms")
        return None if symbol and known(word[:-1]) else word
    low = word.lower()
    return low if len(word) > 4 and low.isalpha() and known(low) and known(low + "s") and word[1:] == low[1:] else None
