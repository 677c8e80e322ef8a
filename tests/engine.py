"""llama.cpp's own server with a tiny model, for tests: a child process that ends when its standard input closes.

The model is a table of word pairs counted over the built-in texts, written here: the embedding of a token is a unit
vector, the layer between does nothing, and the output matrix is the table. So it writes valid JSON, where a schema
makes it, with words that follow each other in our own texts and mean nothing.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

# Where tests run by themselves its absence is a failure; elsewhere it is a reason to skip.
ABSENT = not os.environ.get("CI") and (find_spec("xllamacpp") is None or find_spec("gguf") is None)
CORPUS = Path(__file__).resolve().parents[1] / "corpus"
CONTEXT = 32768
ANY_SEED = 0xFFFFFFFF  # llama.cpp's own sign for a seed by chance
_WORDS = 600
_CHARACTERS = [chr(code) for code in range(33, 127)]
_OPENING = '{}[]":,n0123456789'
_UNLIKELY = -9.0


@contextmanager
def running(language: str = "en", context: int = CONTEXT, seed: int = ANY_SEED) -> Iterator[str]:
    """The address of an engine that speaks a language (an OpenAI base_url), for as long as it lasts.

    With a seed of its own it gives the same answers each time.
    """
    words = [sys.executable, str(Path(__file__).resolve()), language, str(context), str(seed)]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        address = child.stdout.readline().strip()
        if not address:
            raise RuntimeError("the engine did not start; install the dev dependencies (xllamacpp, gguf)")
        yield f"{address}/v1"
        child.stdin.close()


def _texts(language: str) -> str:
    files = (CORPUS / "demo" / language).rglob("*.md")
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(files))


def _tokens(language: str) -> tuple[list[str], list[int], dict[str, int]]:
    """Tokens, their kinds as llama.cpp numbers them, and the place of each word and sign of the table."""
    said = re.findall(r"[^\W\d_]+", _texts(language))
    common = [word for word, _ in Counter(said).most_common(_WORDS)]
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256))]
    kinds = [2, 3, 3, *([6] * 256)]
    placed = {}
    for token in [*_CHARACTERS, "▁", *(f"▁{word}" for word in common)]:
        placed[token] = len(tokens)
        tokens.append(token)
        kinds.append(1)
    while len(tokens) % 32:
        tokens.append(f"[unused{len(tokens)}]")
        kinds.append(5)
    return tokens, kinds, placed


def _table(language: str, tokens: list[str], placed: dict[str, int]) -> Any:
    """How likely each token (row) follows each (column), as logarithms."""
    import numpy as np

    said = [f"▁{word}" if word.isalpha() else word for word in re.findall(r"[^\W\d_]+|[.,?]", _texts(language))]
    table = np.full((len(tokens), len(tokens)), _UNLIKELY, dtype=np.float32)
    for (this, following), count in Counter(pairwise(said)).items():
        if this in placed and following in placed:
            table[placed[following], placed[this]] = np.log(count + 0.1)
    listed = [placed[token] for token in placed if token.startswith("▁") and len(token) > 1]
    table[placed['"'], listed] = 1.0  # a text ends at some time
    table[placed["?"], listed] = 1.0
    table[placed['"'], [placed["."], placed["?"]]] = 5.0
    table[np.ix_(listed, [placed[sign] for sign in _OPENING])] = 0.0  # and begins with a word
    for sign in _CHARACTERS:  # the same sign as a byte
        table[:, 3 + ord(sign)] = table[:, placed[sign]]
    return table


def write(path: Path, language: str) -> None:
    """Write the model as a GGUF file."""
    import gguf

    tokens, kinds, placed = _tokens(language)
    writer = gguf.GGUFWriter(str(path), "llama")
    _describe(writer, tokens, kinds)
    for name, values in _weights(_table(language, tokens, placed)).items():
        writer.add_tensor(f"{name}.weight", values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _describe(writer: Any, tokens: list[str], kinds: list[int]) -> None:
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(len(tokens))
    writer.add_block_count(1)
    writer.add_feed_forward_length(32)
    writer.add_head_count(1)
    writer.add_head_count_kv(1)
    writer.add_key_length(32)
    writer.add_value_length(32)
    writer.add_rope_dimension_count(32)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([-1000.0 if kind == 6 else float(len(t)) for t, kind in zip(tokens, kinds, strict=True)])
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)


def _weights(table: Any) -> dict[str, Any]:
    import numpy as np

    size, half = len(table), np.float16
    nothing = ("blk.0.attn_q", "blk.0.attn_k", "blk.0.attn_v", "blk.0.ffn_gate", "blk.0.ffn_up")
    return {
        "token_embd": np.eye(size, dtype=half),
        "output": (table / np.sqrt(size)).astype(half),
        **{name: np.ones(size, dtype=np.float32) for name in ("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm")},
        **{name: np.zeros((32, size), dtype=half) for name in nothing},
        **{name: np.zeros((size, 32), dtype=half) for name in ("blk.0.attn_output", "blk.0.ffn_down")},
    }


def main(language: str, context: int, seed: int) -> None:
    """Serve until standard input closes."""
    import xllamacpp

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tiny.gguf"
        write(path, language)
        settings = xllamacpp.CommonParams()
        settings.model.path = str(path)
        settings.n_ctx = context
        settings.n_parallel = 1
        settings.sampling.seed = seed
        settings.cache_prompt = False  # what was read before makes no difference
        settings.port = 0
        settings.cpuparams.n_threads = 1
        settings.warmup = False
        settings.verbosity = -1
        server = xllamacpp.Server(settings)
        print(server.listening_address, flush=True)
        sys.stdin.read()
        del server


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
