"""Writes a tiny model with random weights, half a megabyte, for llama.cpp's server: it says any bytes at all.

It leans towards quotation marks and towards its end, without which a random model fills every string of a schema and
every reply up to the last token it is allowed.

Usage: python -m tests.models.tiny_gguf FILE. Needs the packages gguf and numpy, which nothing else here needs.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

CONTEXT = 32_768
"""Tokens: every byte of a prompt is one, so an interview needs many."""
LEANS = {b'"': 1.5, b"</s>": 0.8}
"""How much likelier than chance a token is."""


def write(path: Path, *, width: int = 64, layers: int = 2, heads: int = 4, seed: int = 0) -> None:
    """Writes the model; the same seed gives the same one."""
    import gguf
    import numpy

    random = numpy.random.default_rng(seed)
    tokens, kinds, scores = _vocabulary(gguf.TokenType)
    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_name("tiny-random")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(width)
    writer.add_block_count(layers)
    writer.add_feed_forward_length(2 * width)
    writer.add_head_count(heads)
    writer.add_head_count_kv(heads)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(width // heads)
    writer.add_vocab_size(len(tokens))
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores(scores)
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_add_bos_token(True)
    writer.add_chat_template(
        "{% for m in messages %}<|{{ m['role'] }}|>\n{{ m['content'] }}\n{% endfor %}<|assistant|>\n"
    )

    def weights(*shape: int, scale: float = 1.0) -> Any:
        return (random.standard_normal(shape) * 0.05 * scale).astype(numpy.float32)

    one = numpy.ones(width, numpy.float32)
    heard, said = weights(len(tokens), width, scale=10), weights(len(tokens), width, scale=6)
    heard[:, 0] = 2  # the same in every state, so that what `said` holds against it counts always
    for token, lean in LEANS.items():
        said[tokens.index(token), 0] = lean
    writer.add_tensor("token_embd.weight", heard)
    writer.add_tensor("output_norm.weight", one)
    writer.add_tensor("output.weight", said)
    for layer in range(layers):
        block = f"blk.{layer}."
        writer.add_tensor(f"{block}attn_norm.weight", one)
        writer.add_tensor(f"{block}ffn_norm.weight", one)
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            writer.add_tensor(f"{block}{name}.weight", weights(width, width))
        writer.add_tensor(f"{block}ffn_gate.weight", weights(2 * width, width))
        writer.add_tensor(f"{block}ffn_up.weight", weights(2 * width, width))
        writer.add_tensor(f"{block}ffn_down.weight", weights(width, 2 * width))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _vocabulary(kind: Any) -> tuple[list[bytes], list[Any], list[float]]:
    """Three marks, every byte, and the printable characters."""
    marks = [b"<unk>", b"<s>", b"</s>"]
    every = [f"<0x{byte:02X}>".encode() for byte in range(256)]
    printable = [text.encode() for text in ("\u2581", *map(chr, range(33, 127)))]
    kinds = [kind.UNKNOWN, kind.CONTROL, kind.CONTROL, *[kind.BYTE] * len(every), *[kind.NORMAL] * len(printable)]
    scores = [0.0] * (len(marks) + len(every)) + [-1.0] * len(printable)
    return [*marks, *every, *printable], kinds, scores


if __name__ == "__main__":
    write(Path(sys.argv[1]))
