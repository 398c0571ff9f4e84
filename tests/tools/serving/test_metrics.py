"""The text format of Prometheus, as vLLM 0.32 writes it."""

from __future__ import annotations

import pytest

from collegia.tools.serving.metrics import Load, read_load, samples

IDLE = """\
# HELP vllm:num_requests_running Number of requests in model execution batches.
# TYPE vllm:num_requests_running gauge
vllm:num_requests_running{engine="0",model_name="base"} 3.0
vllm:num_requests_waiting{engine="0",model_name="base"} 1.0
vllm:num_requests_waiting_by_reason{engine="0",model_name="base",reason="capacity"} 7.0
vllm:kv_cache_usage_perc{engine="0",model_name="base"} 0.0125
vllm:lora_requests_info{running_lora_adapters="",waiting_lora_adapters=""} 1.7953002924e+09
vllm:lora_requests_info{running_lora_adapters="lora-a,lora-b",waiting_lora_adapters="lora-c"} 1.795300293e+09
vllm:lora_requests_info{running_lora_adapters="lora-d",waiting_lora_adapters="lora-d"} 1.795300292e+09
"""


def test_the_load_of_an_engine_is_read() -> None:
    assert read_load(IDLE) == Load(3, 1, 0.0125, frozenset({"lora-a", "lora-b", "lora-c"}))


def test_parts_of_an_engine_are_added_up_and_the_fullest_cache_counts() -> None:
    second = IDLE.replace('engine="0"', 'engine="1"').replace("0.0125", "0.5")
    load = read_load(IDLE + second)
    assert (load.running, load.waiting, load.cache) == (6, 2, 0.5)


def test_what_is_not_told_is_unknown_and_not_nothing() -> None:
    assert read_load("") == Load(None, None, None, frozenset())
    assert read_load("<html>no metrics here</html>") == Load()


def test_adapters_of_calls_that_were_broken_off_are_not_in_use() -> None:
    quiet = IDLE.replace("} 3.0", "} 0.0").replace("} 1.0", "} 0.0")
    assert read_load(quiet).busy == frozenset()


@pytest.mark.parametrize(
    ("line", "sample"),
    [
        ("up 1", ("up", {}, 1.0)),
        ('a:b{x="1,2",y="}{"} 2.5e3 1700000000', ("a:b", {"x": "1,2", "y": "}{"}, 2500.0)),
        (r'a{x="say \"no\"\\n\n"} +Inf', ("a", {"x": 'say "no"\\n\n'}, float("inf"))),
    ],
)
def test_a_line_is_read_with_its_labels(line: str, sample: tuple[str, dict[str, str], float]) -> None:
    assert list(samples(line)) == [sample]


@pytest.mark.parametrize("line", ["# up 1", "up", "up one", "", '{x="1"} 3', "a{x=1"])
def test_what_is_no_sample_is_passed_over(line: str) -> None:
    assert list(samples(line)) == []
