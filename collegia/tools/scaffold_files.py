"""The files of a new domain, as templates; the names in them come from `scaffold.names_for`."""

from __future__ import annotations

__all__ = ["FILES"]

_PYPROJECT = """\
[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = "$distribution"
version = "0.1.0"
description = "Experts on $title for Collegia."
requires-python = ">=3.11"
dependencies = ["collegia"]

[project.entry-points."collegia.domains"]
$domain = "$package:domain"

[tool.hatch.build.targets.wheel]
packages = ["$package"]

[tool.pytest.ini_options]
testpaths = ["tests"]
"""

_PACKAGE = '''\
"""Experts on $title."""

from __future__ import annotations

from collegia.tools import Domain

from $package.experts import EXPERTS

__all__ = ["domain"]


def domain() -> Domain:
    """The domain that the entry point offers."""
    return Domain(
        name="$domain",
        title="$title",
        functions=EXPERTS,
        scope="the force of a spring",
        ask=("What is the spring force at a stiffness of 200 N/m and an extension of 30 mm?",),
    )
'''

_EXPERTS = '''\
"""The experts. Put your own in the place of this one: a typed function with a docstring is all it takes."""

from __future__ import annotations

from typing import Annotated

from collegia.tools import Example, Kind, Range, expert
from collegia.tools import common as k

__all__ = ["EXPERTS", "${domain}_spring_force"]

# A kind says what a value is, and by which words people name it; numbers come in its unit.
stiffness = Kind("spring_stiffness", "N/m", names=("stiffness", "spring stiffness", "spring constant", "spring rate"))
extension = Kind("spring_extension", "m", names=("extension", "elongation", "stretch"), parent=k.length)
spring_force = Kind("spring_force", "N", names=("spring force", "force of the spring", "force"))


@expert(
    source="R. Hooke 1678: F = k x",
    examples=[Example({"stiffness": 200.0, "extension": 0.03}, {"spring_force": 6.0})],
)
def ${domain}_spring_force(
    stiffness: Annotated[float, stiffness, Range(gt=0)],
    extension: Annotated[float, extension],
) -> Annotated[float, spring_force]:
    """Force of a linear spring. Holds below the yield point, which it does not know."""
    return stiffness * extension


EXPERTS = (${domain}_spring_force,)
'''

_TEST = '''\
"""Every expert keeps the contract and gives what the examples on its card say."""

from __future__ import annotations

import pytest
from collegia.tools import expert_of
from collegia.tools.examples import try_examples
from collegia.tools.registry import Registry

from $package import domain
from $package.experts import EXPERTS


@pytest.mark.parametrize("function", EXPERTS, ids=lambda function: function.__name__)
def test_an_expert_gives_what_its_examples_say(function):
    tried = try_examples(expert_of(function, "$domain"))
    assert tried, "a card needs at least one example"
    assert [one.faults for one in tried if one.faults] == []


def test_the_domain_is_accepted():
    registry = Registry()
    registry.add(domain())
    assert set(registry.experts) == {function.__name__ for function in EXPERTS}
'''

_README = """\
# $distribution

Experts on $title for [Collegia](https://pypi.org/project/collegia/).

    pip install -e .
    pytest
    collegia experts test
    collegia ask "What is the spring force at a stiffness of 200 N/m and an extension of 30 mm?"

`$package/experts.py` holds the experts: put your own in the place of the one that is there.
"""

FILES: dict[str, str] = {
    "pyproject.toml": _PYPROJECT,
    "README.md": _README,
    "$package/__init__.py": _PACKAGE,
    "$package/experts.py": _EXPERTS,
    "$package/py.typed": "",
    "tests/test_experts.py": _TEST,
}
