"""What docs/MODELS.md shows can be used as it stands."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from collegia.settings import Settings
from collegia.tools.models.pool import open_model

PAGE = (Path(__file__).parents[1] / "docs" / "MODELS.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.DOTALL)


def test_the_settings_of_the_page_can_be_used(tmp_path: Path) -> None:
    whole, *parts = blocks("toml")
    (tmp_path / "collegia.toml").write_text(whole, encoding="utf-8")
    read = Settings.load({"COLLEGIA_HOME": str(tmp_path)})
    assert read.model_of("planner") == "default"
    assert read.model_of("writer") == "large"
    assert read.model_of("reflector") is None
    assert read.experts["rivers"].model == "default"
    kinds = [type(open_model(model)).__name__ for model in read.models.values()]
    assert kinds == ["DirectModel", "LitellmModel"]
    for part in parts:
        (tmp_path / "collegia.toml").write_text(part, encoding="utf-8")
        assert Settings.load({"COLLEGIA_HOME": str(tmp_path), "COLLEGIA_MODEL": "hosted_vllm/m"}).models


def test_the_script_of_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("jsonschema", reason="replies in form need collegia[models]")
    monkeypatch.setenv("COLLEGIA_DOMAINS", "arithmetic")
    path = tmp_path / "page.py"
    (script,) = blocks("python")
    path.write_text(script, encoding="utf-8")
    assert runpy.run_path(str(path))["result"].answer_text
