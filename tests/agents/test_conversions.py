"""Questions that only ask for a stated value in another unit."""

from __future__ import annotations

import pytest

from collegia.agents.assistant import Assistant


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Convert 350 gpm to m3/h", 79.4936),
        ("What is 100 psi in bar?", 6.89476),
        ("how many kPa is 14.7 psi", 101.353),
        ("convert 25 °C to °F", 77.0),
        ("Express 35 psig in kPa absolute", 342.642),
        ("3.5 bar(a) as psig?", 36.0672),
        ("How many kg/h is 200 lb/min?", 5443.108),
        ("1 cP in Pa·s?", 1e-3),
    ],
)
def test_a_value_is_told_in_another_unit(question: str, value: float) -> None:
    result = Assistant().ask_sync(question)
    assert result.status == "answered"
    assert [one.value for one in result.quantities] == [pytest.approx(value, rel=1e-4)]


@pytest.mark.parametrize("question", ["Convert 50 m3/h of water to kg/h", "Convert 3 kg to metres"])
def test_no_value_changes_its_dimension(question: str) -> None:
    assert Assistant().ask_sync(question).status in {"clarify", "out_of_domain"}
