"""Every property graph store does what llama-index's interface promises: ours in a file and in memory, and its own."""

from __future__ import annotations

import inspect

import pytest
from graph_conformance import CHECKS, STORES, opened


@pytest.mark.parametrize("kind", STORES)
@pytest.mark.parametrize("what", CHECKS)
async def test_a_property_graph_store_conforms(kind, what, tmp_path):
    with opened(kind, tmp_path) as graph:
        done = CHECKS[what](graph)
        if inspect.isawaitable(done):
            await done
    assert len(CHECKS) > 12
