"""Equations in one unknown: found in a text, and turned into a tree that can hold nothing but arithmetic.

Text is never evaluated. It is cut into numbers, names and operators, parsed by Python's own parser without running
anything, and every node must be on a short list before a number is computed from it.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from collegia.errors import OutOfRange, Unclear
from collegia.tools import Found

__all__ = ["Equation", "find_equations", "find_intervals", "parse_equation"]

_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "exp": math.exp, "ln": math.log, "log": math.log10, "log10": math.log10, "lg": math.log10, "sqrt": math.sqrt,
    "sin": math.sin, "cos": math.cos, "tan": math.tan, "asin": math.asin, "acos": math.acos, "atan": math.atan,
    "arcsin": math.asin, "arccos": math.acos, "arctan": math.atan, "sinh": math.sinh, "cosh": math.cosh,
    "tanh": math.tanh,
    "abs": abs, "cbrt": math.cbrt,
}  # fmt: skip
_CONSTANTS = {"pi": math.pi, "π": math.pi, "e": math.e}
_POWERS = str.maketrans({"−": "-", "–": "-", "×": "*", "·": "*", "⋅": "*", "÷": "/", "^": "^", "√": "√"})
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|\.\d+)|(?P<name>[A-Za-zπ](?:[A-Za-z]*|_\w)(?:10)?)|(?P<sign>\*\*|[-+*/^()=√⁰¹²³⁴⁵⁶⁷⁸⁹]))"
)
_SPELLED = {"√": "sqrt", "^": "**"}
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TRIGGER = re.compile(
    r"\b(?:solve(?:\s+for\s+[a-z])?|(?:real\s+|positive\s+|all\s+)?(?:roots?|zeros?|zeroes|solutions?)\s+(?:of|to|for)|find\s+[a-z]\b|equation)"
    r"(?:\s+(?:the|numerically|polynomial|cubic|quadratic|quartic|transcendental|equation|function|such|that|so|if|when|where|for|of|is|in"
    r"|f\([a-z]\)\s*=))*\s*:?\s*(?=[-+(.\dA-Za-zπ√−])",
    re.I,
)
_INTERVAL = re.compile(
    r"(?:\bbetween\s+(?:[a-z]\s*=\s*)?(-?\d+(?:\.\d+)?)\s+and\s+(?:[a-z]\s*=\s*)?(-?\d+(?:\.\d+)?)"
    r"|[\[(]\s*(-?\d+(?:\.\d+)?)\s*[,;]\s*(-?\d+(?:\.\d+)?)\s*[\])]"
    r"|\b(?:in|on|over)\s+(?:the\s+)?(?:interval|range|bracket)\s+(-?\d+(?:\.\d+)?)\s*(?:to|\.\.|–|-)\s*(-?\d+(?:\.\d+)?)"
    r"|(-?\d+(?:\.\d+)?)\s*[<≤]=?\s*[a-z]\s*[<≤]=?\s*(-?\d+(?:\.\d+)?))(?!\s?[A-Za-z°%])"
)


def find_equations(text: str) -> Iterator[Found]:
    """Equations after a word that says so: "solve x^3 − 6x^2 = 6", "roots of x² − 2", "find x: x·exp(x) = 3"."""
    plain = text.translate(_POWERS)
    for trigger in _TRIGGER.finditer(plain):
        tokens, end = _take(plain, trigger.end())
        body = plain[trigger.end() : end].strip()
        unknowns = {token for token in tokens if _is_unknown(token)}
        if len(unknowns) != 1 or not ("=" in tokens or re.match(r"(?i).*\b(?:root|zero)", trigger[0])):
            continue
        try:
            parse_equation(body)
        except (OutOfRange, Unclear):
            continue
        yield Found(trigger.end(), trigger.end() + len(plain[trigger.end() : end].rstrip()), body)
        return


def find_intervals(text: str) -> Iterator[Found]:
    """Intervals to search a root in: "between 0 and 2", "[0, 2]", "0 < x < 2"."""
    for match in _INTERVAL.finditer(text.translate(_POWERS)):
        numbers = [float(group) for group in match.groups() if group is not None]
        if len(numbers) == 2 and numbers[0] < numbers[1]:
            yield Found(match.start(), match.end(), (numbers[0], numbers[1]))


def _is_unknown(token: str) -> bool:
    return token[0].isalpha() and token not in _FUNCTIONS and token not in _CONSTANTS


def _take(text: str, start: int) -> tuple[list[str], int]:
    """The longest run of tokens of an expression, and where it ends; a word ends it."""
    tokens: list[str] = []
    place = start
    while match := _TOKEN.match(text, place):
        name = match["name"]
        if name and name not in _FUNCTIONS and name not in _CONSTANTS and not re.fullmatch(r"[A-Za-z](?:_\w)?", name):
            break
        if name and tokens and name in ("a", "I") and text[match.start("name") - 1 : match.start("name")] == " ":
            break  # the article or the pronoun of a sentence that goes on
        tokens.append(match[0].strip())
        place = match.end()
    while tokens and tokens[-1] in "+-*/^(=":
        tokens.pop()
    return tokens, place


@dataclass(frozen=True)
class Equation:
    """An equation as a tree of arithmetic: `residual(x)` is zero at a root."""

    text: str
    unknown: str
    tree: ast.expr
    polynomial: bool

    def residual(self, x: float) -> float:
        """Left side minus right side at x.

        Raises:
            ValueError, OverflowError, ZeroDivisionError: x lies outside a function's domain.
        """
        return _value(self.tree, self.unknown, x)


def parse_equation(text: str) -> Equation:
    """Read "x^3 − 6x^2 + 11x − 6 = 0"; without "=" the right side is zero.

    Raises:
        OutOfRange: it holds anything but arithmetic, or no unknown, or several unknowns.
        Unclear: it cannot be read.
    """
    plain = text.translate(_POWERS)
    if len(plain) > 300:
        raise OutOfRange("the equation is too long to be read safely")
    tokens, end = _take(plain, 0)
    if plain[end:].strip() or tokens.count("=") > 1:
        raise Unclear(f"the equation {text!r} cannot be read: write it like x^3 - 6*x^2 + 11*x - 6 = 0")
    left, right = (tokens[: tokens.index("=")], tokens[tokens.index("=") + 1 :]) if "=" in tokens else (tokens, ["0"])
    unknowns = sorted({token for token in tokens if _is_unknown(token)})
    if len(unknowns) != 1:
        raise OutOfRange(f"an equation must have one unknown, not {', '.join(unknowns) or 'none'}")
    source = f"({_python(left)})-({_python(right)})"
    try:
        tree = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise Unclear(f"the equation {text!r} cannot be read: write it like x^3 - 6*x^2 + 11*x - 6 = 0") from error
    _check(tree, unknowns[0])
    return Equation(text, unknowns[0], tree, _degree(tree) is not None)


def _python(tokens: list[str]) -> str:
    """Tokens as Python source: `^` as power, superscripts as powers, the products that are not written."""
    out: list[str] = []
    under_root = False
    for written in tokens:
        part = _SPELLED.get(written, written)
        if under_root and part != "(":
            out.append(f"({part})")
            under_root = False
            continue
        under_root = written == "√"
        if part[0] in _SUPERSCRIPTS:
            digit = str(_SUPERSCRIPTS.index(part))
            if out and out[-1].startswith("**("):
                out[-1] = out[-1][:-1] + digit + ")"
            else:
                out.append(f"**({digit})")
            continue
        value_before = bool(out) and (out[-1][-1].isalnum() or out[-1].endswith(")") or out[-1] == "π")
        value_before = value_before and out[-1] not in _FUNCTIONS
        if value_before and (part[0].isalnum() or part in ("(", "π")):
            out.append("*")
        out.append(part)
    return "".join(out)


_BINARY: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.Pow: math.pow,
}


def _check(node: ast.expr, unknown: str) -> None:
    """Refuse every node that is not plain arithmetic, the unknown, or a listed function of one argument."""
    match node:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            _check(left, unknown)
            _check(right, unknown)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
            _check(operand, unknown)
        case ast.Constant(value=int() | float()):
            return
        case ast.Name(id=name) if name == unknown or name in _CONSTANTS:
            return
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if name in _FUNCTIONS:
            _check(argument, unknown)
        case _:
            raise OutOfRange("the equation may hold numbers, one unknown, + − × / ^ and the usual functions only")


def _value(node: ast.expr, unknown: str, x: float) -> float:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            return _BINARY[type(op)](_value(left, unknown, x), _value(right, unknown, x))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, unknown, x)
        case ast.UnaryOp(operand=operand):
            return _value(operand, unknown, x)
        case ast.Name(id=name):
            return x if name == unknown else _CONSTANTS[name]
        case ast.Call(func=ast.Name(id=name), args=[argument]):
            return _FUNCTIONS[name](_value(argument, unknown, x))
        case ast.Constant(value=int() | float() as number):
            return float(number)
    raise OutOfRange("the equation holds something that is no arithmetic")


_HIGHEST = 60


def _degree(node: ast.expr) -> int | None:
    """The degree that a tree has at most as a polynomial of its unknown; None where it is none, or one too high."""
    match node:
        case ast.BinOp(left=left, op=ast.Pow(), right=right) if _is_number(left) and _is_number(right):
            return 0
        case ast.BinOp(left=left, op=ast.Pow(), right=ast.Constant(value=int() as power)):
            base = _degree(left)
            return base * power if base is not None and 0 <= base * power <= _HIGHEST and power >= 0 else None
        case ast.BinOp(op=ast.Pow()):
            return None
        case ast.BinOp(left=left, op=op, right=right):
            below, above = _degree(left), _degree(right)
            if below is None or above is None or (isinstance(op, ast.Div) and not _is_number(right)):
                return None
            found = below + above if isinstance(op, ast.Mult) else max(below, above)
            return found if found <= _HIGHEST else None
        case ast.UnaryOp(operand=operand):
            return _degree(operand)
        case ast.Call():
            return None
        case ast.Name(id=name):
            return 0 if name in _CONSTANTS else 1
    return 0


def _is_number(node: ast.expr) -> bool:
    return not any(isinstance(part, (ast.Name, ast.Call)) for part in ast.walk(node))
