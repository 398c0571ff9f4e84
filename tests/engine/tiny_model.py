"""Write a tiny Llama of random weights and three LoRA adapters, for tests of a real server: `tiny_model.py FOLDER`.

    FOLDER/model                  2 MB; the same bytes on every machine
    FOLDER/lora-a, FOLDER/lora-b  adapters of rank 8, each strong enough to change the answer
    FOLDER/lora-big               one of rank 16, which a server with `--max-lora-rank 8` can't take

Nothing is downloaded, and numpy, safetensors and tokenizers are all it needs: the engine's own environment has them.

What such a model writes is noise, and a server serves it like any other. Plain noise would make poor tests, though: it
goes on until the last allowed token, and writes white space and broken characters where a grammar allows them. So the
output layer leans: towards printable ASCII, towards what closes a string, a list or an object, towards the end.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

Weights = dict[str, np.ndarray]

LAYERS, WIDTH, INNER = 2, 128, 256
HEADS, KEY_HEADS, HEAD = 4, 2, 32  # 32 is the least that attention on a CPU takes for a head
CONTEXT, VOCABULARY = 16384, 640
START, END, PAD, TURN = "<|endoftext|>", "<|im_end|>", "<|pad|>", "<|im_start|>"
TOOL_MARKS = ("<tool_call>", "</tool_call>")

# The channel of the hidden state that is 1 for every token: a Llama has no bias in its output layer, and this is one.
BIAS = 0
BACK = ("o_proj", "down_proj")  # what writes to the hidden state, and must leave that channel alone

# (rows, columns) of each projection of a layer.
SHAPES = {
    "self_attn.q_proj": (HEADS * HEAD, WIDTH), "self_attn.k_proj": (KEY_HEADS * HEAD, WIDTH),
    "self_attn.v_proj": (KEY_HEADS * HEAD, WIDTH), "self_attn.o_proj": (WIDTH, HEADS * HEAD),
    "mlp.gate_proj": (INNER, WIDTH), "mlp.up_proj": (INNER, WIDTH), "mlp.down_proj": (WIDTH, INNER),
}  # fmt: skip

# What the tokenizer's merges are learnt from; any English with some JSON does.
TEXT = """
The pressure drop of a pipe grows with the square of the velocity. A plan is a list of steps without a cycle.
What is the Reynolds number of water at 20 degC in a pipe of 50 mm? Answer with a number and its unit.
{"steps": [{"expert": "reynolds_number", "arguments": {"velocity": "2 m/s", "diameter": "50 mm"}}], "asked": ["value"]}
{"type": "object", "properties": {"answer": {"type": "string"}}, "required": ["answer"], "additionalProperties": false}
You are an assistant for engineers. Call a tool where one is needed; never guess. 0 1 2 3 4 5 6 7 8 9 10 100 3.14
""".strip().splitlines()

TEMPLATE = """
{%- if tools %}<|im_start|>system
You may call these tools:{% for tool in tools %}
{{ tool | tojson }}{% endfor %}
A call is <tool_call>{"name": NAME, "arguments": {...}}</tool_call><|im_end|>
{% endif %}
{%- for message in messages %}<|im_start|>{{ message.role }}
{{ message.content or '' }}
{%- for call in message.tool_calls or [] %}
<tool_call>{"name": "{{ call.function.name }}", "arguments": {{ call.function.arguments | tojson }}}</tool_call>
{%- endfor %}<|im_end|>
{% endfor %}
{%- if add_generation_prompt %}<|im_start|>assistant
{% endif %}""".strip()


def make_tokenizer() -> Tokenizer:
    """Bytes, merged as the text above suggests, so that any prompt can be read."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY - len(TOOL_MARKS), special_tokens=[START, END, PAD, TURN], show_progress=False,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
    )  # fmt: skip
    tokenizer.train_from_iterator(TEXT, trainer)
    tokenizer.add_tokens(list(TOOL_MARKS))
    assert tokenizer.get_vocab_size() <= VOCABULARY
    return tokenizer


def leaning(tokenizer: Tokenizer) -> np.ndarray:
    """What is added to each token's logit; by the weights alone logits spread by about 3.4."""
    closing = {'"': 7.0, "]": 7.0, "}": 7.0, ",": 4.0}
    added = np.full(VOCABULARY, -60.0, dtype=np.float32)
    for token, number in tokenizer.get_vocab().items():
        written = tokenizer.decode([number])
        if token not in TOOL_MARKS and written.strip() and written.isascii() and written.isprintable():
            added[number] = closing.get(written, 0.0)
    added[tokenizer.token_to_id(END)] = 5.0
    return added


def noise(random: np.random.Generator, shape: tuple[int, int], scale: float) -> np.ndarray:
    return (random.standard_normal(shape) * scale).astype(np.float32)


def make_weights(tokenizer: Tokenizer) -> Weights:
    random = np.random.default_rng(0)
    even = np.ones(WIDTH, dtype=np.float32)
    weights = {"model.embed_tokens.weight": noise(random, (VOCABULARY, WIDTH), 1.0), "model.norm.weight": even.copy()}
    for layer in range(LAYERS):
        for name in ("input_layernorm", "post_attention_layernorm"):
            weights[f"model.layers.{layer}.{name}.weight"] = even.copy()
        for name, shape in SHAPES.items():
            weights[f"model.layers.{layer}.{name}.weight"] = spare_bias(name, noise(random, shape, 0.1))
    weights["lm_head.weight"] = noise(random, (VOCABULARY, WIDTH), 0.3)
    weights["model.embed_tokens.weight"][:, BIAS] = 1.0
    weights["model.norm.weight"][BIAS] = 2.0  # by then the norm has made it about a half
    weights["lm_head.weight"][:, BIAS] = leaning(tokenizer)
    return weights


def spare_bias(name: str, weight: np.ndarray) -> np.ndarray:
    if name.endswith(BACK):
        weight[BIAS] = 0.0
    return weight


def write_model(folder: Path, tokenizer: Tokenizer) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    save_file(make_weights(tokenizer), folder / "model.safetensors", metadata={"format": "pt"})
    tokenizer.save(str(folder / "tokenizer.json"))
    ends = {f"{name}_token": token for name, token in (("bos", START), ("eos", END), ("pad", PAD))}
    numbers = {f"{name}_id": tokenizer.token_to_id(token) for name, token in ends.items()}
    write_json(folder / "generation_config.json", numbers)
    write_json(
        folder / "tokenizer_config.json",
        {
            **ends, "tokenizer_class": "PreTrainedTokenizerFast", "additional_special_tokens": [TURN],
            "clean_up_tokenization_spaces": False, "model_max_length": CONTEXT, "chat_template": TEMPLATE,
        },
    )  # fmt: skip
    write_json(
        folder / "config.json",
        {
            **numbers, "architectures": ["LlamaForCausalLM"], "model_type": "llama", "dtype": "float32",
            "vocab_size": VOCABULARY, "hidden_size": WIDTH, "intermediate_size": INNER, "num_hidden_layers": LAYERS,
            "num_attention_heads": HEADS, "num_key_value_heads": KEY_HEADS, "head_dim": HEAD, "hidden_act": "silu",
            "max_position_embeddings": CONTEXT, "rms_norm_eps": 1e-6, "rope_theta": 10000.0,
            "attention_bias": False, "mlp_bias": False, "tie_word_embeddings": False,
        },
    )  # fmt: skip


def write_adapter(folder: Path, rank: int, seed: int) -> None:
    """An adapter of every projection, in the form that PEFT writes."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(seed)
    weights: Weights = {}
    for layer in range(LAYERS):
        for name, (rows, columns) in SHAPES.items():
            key = f"base_model.model.model.layers.{layer}.{name}"
            weights[f"{key}.lora_A.weight"] = noise(random, (rank, columns), 0.1)
            weights[f"{key}.lora_B.weight"] = spare_bias(name, noise(random, (rows, rank), 0.1))
    save_file(weights, folder / "adapter_model.safetensors", metadata={"format": "pt"})
    write_json(
        folder / "adapter_config.json",
        {
            "peft_type": "LORA", "task_type": "CAUSAL_LM", "base_model_name_or_path": None, "r": rank,
            "lora_alpha": 2 * rank, "lora_dropout": 0.0, "bias": "none", "inference_mode": True,
            "target_modules": [name.split(".")[-1] for name in SHAPES],
        },
    )  # fmt: skip


def write_json(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


def write_all(folder: Path) -> None:
    write_model(folder / "model", make_tokenizer())
    for seed, (name, rank) in enumerate((("lora-a", 8), ("lora-b", 8), ("lora-big", 16)), 1):
        write_adapter(folder / name, rank, seed)


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
