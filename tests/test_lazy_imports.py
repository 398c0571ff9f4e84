"""Start-up stays cheap: the libraries that cost are imported by the function that needs them, and nowhere else."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

# What the experts stand on. pint itself imports numpy and scipy's bare package where they are installed.
HEAVY = (
    "CoolProp", "thermo", "fluids", "ht", "chemicals", "sympy", "cantera", "rdkit", "astropy",
    "scipy.optimize", "scipy.special", "scipy.integrate",
)  # fmt: skip
# What talks to language models, and reads what they reply.
MODELS = ("aiohttp", "litellm", "jsonschema", "openai", "httpx")
MACHINERY = ("numpy", "scipy", "pint", "langgraph", "langchain_core", "asyncio", "sqlite3")

REPORT = "import sys, json; sys.stderr.write('\\n' + json.dumps(sorted(sys.modules)))"


def modules_after(code: str) -> set[str]:
    """The names of all modules that a fresh process holds after running the code."""
    done = subprocess.run([sys.executable, "-c", f"{code}\n{REPORT}"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr.splitlines()[-1]))


def loaded(modules: set[str], names: tuple[str, ...]) -> list[str]:
    return [name for name in names if name in modules]


def test_importing_collegia_imports_neither_experts_libraries_nor_the_machinery():
    assert loaded(modules_after("import collegia"), (*HEAVY, *MACHINERY, *MODELS, "pydantic", "typer", "rich")) == []


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["ask", "--help"], ["--version"], ["runs", "list", "--help"], ["config", "show", "--help"]],
)
def test_help_and_version_import_nothing_that_costs(arguments):
    run = f"import sys; sys.argv = ['collegia', *{arguments!r}]"
    code = f"{run}\nfrom collegia.cli import main\ntry:\n    main()\nexcept SystemExit as end:\n    assert not end.code"
    modules = modules_after(code)
    assert "collegia.cli.app" in modules
    assert loaded(modules, (*HEAVY, *MACHINERY)) == []


@pytest.mark.parametrize("domain", ["arithmetic", "process_engineering"])
def test_loading_a_domain_imports_none_of_the_libraries_behind_its_experts(domain):
    modules = modules_after(
        "from collegia.tools.registry import Registry\n"
        f"r = Registry.load([{domain!r}])\n"
        "assert not r.refused, r.refused"
    )
    assert f"collegia.domains.{domain}" in modules
    assert loaded(modules, HEAVY) == []


def test_planning_a_question_imports_none_of_the_libraries_behind_the_experts():
    modules = modules_after(
        "from collegia import Assistant\n"
        "r = Assistant().ask_sync('What is the area of a circle of 2 m diameter?')\n"
        "assert r.status == 'answered', r"
    )
    assert "pint" in modules
    assert loaded(modules, (*HEAVY, "aiohttp", "litellm", "jsonschema", "openai")) == []


def test_a_model_that_is_set_costs_nothing_until_it_is_asked():
    modules = modules_after(
        "from collegia.settings import Settings\n"
        "from collegia.tools.models import Models, ScriptedModel\n"
        "own = Settings.load(model='hosted_vllm/x', api_base='http://127.0.0.1:9/v1')\n"
        "assert Models(own).named('default').label == 'default'\n"
        "assert Models(Settings.load(model='openai/x')).named('default').label == 'default'"
    )
    assert {"collegia.tools.models.direct", "collegia.tools.models.through_litellm"} <= modules
    assert loaded(modules, (*HEAVY, *MODELS)) == []
