"""The table `[routing]` of the settings' file."""

from __future__ import annotations

from pathlib import Path

import pytest

from collegia.errors import UsageError
from collegia.settings import Routing, Settings
from collegia.tools.routing.router import Limits


def routing_of(home: Path, text: str) -> Routing:
    home.mkdir(exist_ok=True)
    (home / "collegia.toml").write_text(f"[routing]\n{text}\n")
    return Settings.load({"COLLEGIA_HOME": str(home)}).routing


def test_the_file_says_how_experts_are_chosen(home):
    read = routing_of(home, 'threshold = 0.3\nmax_cost = 2\nmost = 3\n[routing.categories]\ngeology = "rivers"')
    assert (read.threshold, read.max_cost, read.most) == (0.3, 2.0, 3)
    assert read.categories == {"geology": "rivers"}
    assert Limits.of(read) == Limits(max_cost=2.0, max_seconds=None, most=3)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("threshold = 1.5", "threshold"),
        ("good_enough = -0.1", "good_enough"),
        ("good_enough = nan", "good_enough"),
        ("max_cost = -1", "max_cost"),
        ("max_seconds = inf", "max_seconds"),
        ("most = 0", "most"),
        ("treshold = 0.5", "treshold"),
        ("[routing.categories]\ngeology = 3", "geology"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_name(home, text, named):
    with pytest.raises(UsageError, match=named):
        routing_of(home, text)
