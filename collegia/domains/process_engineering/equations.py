"""Roots of equations in one unknown, and conversions of units."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Annotated, Any

from collegia.domains.process_engineering.expressions import Equation, parse_equation
from collegia.domains.process_engineering.kinds import calculation as c
from collegia.errors import NoData, OutOfRange, Unclear
from collegia.tools import Example, assume, expert

__all__ = ["EXPERTS"]

_WHOLE_LINE = (-100.0, 100.0)
_CUBIC = "x^3-6x^2+11x-6=0"
_Interval = Annotated[tuple[float, float], c.interval]


@expert(
    source="polynomials: sympy.Poly.nroots; others: sign changes refined by scipy.optimize.brentq",
    methods=("root finding",),
    examples=[
        Example({"equation": _CUBIC}, {"equation_roots": {"x1": 1, "x2": 2, "x3": 3}}),
        Example({"equation": "x*exp(x) = 3", "interval": (0.0, 2.0)}, {"equation_roots": {"x": 1.0499089}}, 1e-6),
        Example({"equation": "x^2 = 2", "interval": (0.0, 2.0)}, {"equation_roots": {"x": 1.4142136}}, 1e-6),
    ],
    requires=("sympy", "scipy"),
    extra="process",
    seconds=1.0,
)
def solve_equation(
    equation: Annotated[str, c.equation], interval: _Interval = _WHOLE_LINE
) -> Annotated[dict[str, float], c.equation_roots]:
    """Real roots of an equation in one unknown, in an interval.

    Polynomials give all their real roots; other equations those roots where the sign changes between 4000 points.

    Raises:
        OutOfRange: the equation holds anything but arithmetic in one unknown.
        NoData: no real root lies in the interval.
        Unclear: the equation cannot be read.
    """
    parsed = parse_equation(equation)
    roots = _roots(parsed, interval)
    names = [parsed.unknown] if len(roots) == 1 else [f"{parsed.unknown}{index}" for index in range(1, len(roots) + 1)]
    return dict(zip(names, roots, strict=True))


@expert(
    source="polynomials: sympy.Poly.nroots; others: sign changes refined by scipy.optimize.brentq",
    cost=4.0,
    examples=[Example({"equation": "x*exp(x) = 3"}, {"equation_root": 1.0499089}, 1e-6)],
    requires=("sympy", "scipy"),
    extra="process",
    seconds=1.0,
)
def single_root(
    equation: Annotated[str, c.equation], interval: _Interval = _WHOLE_LINE
) -> Annotated[float, c.equation_root]:
    """The one real root of an equation in an interval.

    Raises:
        Unclear: there are several, or the equation cannot be read.
        OutOfRange: the equation holds anything but arithmetic in one unknown.
        NoData: no real root lies in the interval.
    """
    parsed = parse_equation(equation)
    roots = _roots(parsed, interval)
    if len(roots) > 1:
        raise Unclear(
            f"which root is meant: {', '.join(f'{root:.6g}' for root in roots)}? Name an interval that holds one."
        )
    return roots[0]


def _roots(equation: Equation, interval: tuple[float, float]) -> list[float]:
    if "log(" in equation.text.replace(" ", ""):
        assume("log is the logarithm to base 10, ln the natural one")
    low, high = float(interval[0]), float(interval[1])
    if low >= high:
        raise OutOfRange("the interval must go from its lower to its higher end")
    whole = (low, high) == _WHOLE_LINE
    if equation.polynomial:
        roots = _polynomial_roots(equation)
        roots = roots if whole else [root for root in roots if low <= root <= high]
    else:
        roots = _searched_roots(equation, low, high)
        assume(f"roots were looked for between {equation.unknown} = {low:g} and {high:g}, where the sign changes")
    if not roots:
        raise NoData(
            f"no real root was found{'' if equation.polynomial and whole else f' between {low:g} and {high:g}'}"
        )
    return roots


def _polynomial_roots(equation: Equation) -> list[float]:
    from sympy import Poly, Symbol, im, re

    symbol = Symbol(equation.unknown)
    polynomial = Poly(_symbolic(equation.tree, equation.unknown, symbol), symbol)
    if polynomial.degree() < 1:
        raise OutOfRange("the unknown drops out of the equation")
    found = polynomial.nroots(n=20, maxsteps=200)
    real = sorted(float(re(root)) for root in found if abs(float(im(root))) < 1e-9 * (1 + abs(float(re(root)))))
    if len(real) < len(found):
        assume("complex roots are left out")
    distinct: list[float] = []
    for root in real:
        if not distinct or abs(root - distinct[-1]) > 1e-7 * (1 + abs(root)):
            distinct.append(root)
    return distinct


def _symbolic(node: ast.expr, unknown: str, symbol: Any) -> Any:
    """The checked tree as a sympy expression, built node by node: no text is handed to sympy."""
    import math

    from sympy import Float, Integer, Rational

    match node:
        case ast.BinOp(op=ast.Pow()) if not any(isinstance(part, ast.Name) for part in ast.walk(node)):
            return Float(_number(node))
        case ast.BinOp(left=left, op=op, right=right):
            a, b = _symbolic(left, unknown, symbol), _symbolic(right, unknown, symbol)
            if isinstance(op, ast.Add):
                return a + b
            if isinstance(op, ast.Sub):
                return a - b
            if isinstance(op, ast.Mult):
                return a * b
            return a / b if isinstance(op, ast.Div) else a**b
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_symbolic(operand, unknown, symbol)
        case ast.UnaryOp(operand=operand):
            return _symbolic(operand, unknown, symbol)
        case ast.Name(id=name):
            return symbol if name == unknown else Float(math.e if name == "e" else math.pi)
        case ast.Constant(value=int() as whole):
            return Integer(whole)
        case ast.Constant(value=float() as number):
            return Rational(str(number))
    raise OutOfRange("the equation holds something that is no polynomial")


def _number(node: ast.expr) -> float:
    """A power of plain numbers, reckoned in floating point so that a tower of powers cannot grow without bound."""
    try:
        return Equation("", "", node, polynomial=False).residual(0.0)
    except (OverflowError, ValueError, ZeroDivisionError) as error:
        raise OutOfRange("a number in the equation is too large, or no real number") from error


def _searched_roots(equation: Equation, low: float, high: float) -> list[float]:
    from scipy.optimize import brentq

    def value(x: float) -> float | None:
        try:
            return equation.residual(x)
        except (ValueError, OverflowError, ZeroDivisionError):
            return None  # outside the domain of a logarithm or a root

    steps = 4000
    points = [low + (high - low) * index / steps for index in range(steps + 1)]
    values = [value(x) for x in points]
    roots: list[float] = []
    for (x0, y0), (x1, y1) in zip(
        zip(points, values, strict=True), zip(points[1:], values[1:], strict=True), strict=False
    ):
        if y0 == 0:
            roots.append(x0)
        elif y0 is not None and y1 is not None and y0 * y1 < 0:
            root = float(brentq(equation.residual, x0, x1, xtol=1e-13))
            if abs(equation.residual(root)) <= 1e-6 * (
                abs(y0) + abs(y1)
            ):  # a pole changes its sign too, but grows there
                roots.append(root)
    if values[-1] == 0:
        roots.append(points[-1])
    return roots


EXPERTS: tuple[Callable[..., Any], ...] = (solve_equation, single_root)
"""The experts of this module."""
