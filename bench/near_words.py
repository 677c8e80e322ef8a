"""Make corpus/words/en-en.txt and nl-nl.txt anew: words of one language that mean nearly the same.

    python bench/near_words.py MODEL TEXT...

MODEL is the folder of sentence-transformers/all-MiniLM-L6-v2 (model.safetensors, tokenizer.json; Apache 2.0). TEXT are
files of English by which words are picked: those that stand in them five times, besides those of nl-en.txt (LICENCES.txt names what was taken). Two words
are near when the model's vectors of them are; a Dutch word has those of its translations. Needs numpy and tokenizers;
nothing at run time does.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from assistant.privacy import lexicon
from assistant.resources import corpus
from assistant.retrieval.terms import bare, lines_of, stems
from assistant.words import stop_words, words

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
HEADS = 12
OFTEN = 5
MOST = 6
BLOCK = 500
NEAR = {"en": 0.5, "nl": 0.55}  # the least cosine
_NEXT = 0.7  # what each further translation of a Dutch word counts against the one before
_HEADER = """\
# {name} words and others of that language that mean nearly the same, the nearest one first.
# Made by bench/near_words.py, to which a mend belongs; see LICENCES.txt.
"""

NUMBERS = """one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand
million billion first second third fourth fifth sixth een twee drie vier vijf zes zeven acht negen tien elf twaalf
twintig dertig veertig vijftig honderd duizend miljoen miljard eerste tweede derde vierde vijfde zesde"""
SEASONS = "spring summer autumn winter lente zomer herfst north south east west noord zuid oost"

Vectors = NDArray[np.float32]


class Model:
    """The sentence encoder, in numpy."""

    def __init__(self, folder: Path) -> None:
        raw = (folder / "model.safetensors").read_bytes()
        if hashlib.sha256(raw).hexdigest() != SHA256:
            raise SystemExit("model.safetensors is not the file that is meant")
        size = int.from_bytes(raw[:8], "little")
        self.weights: dict[str, Vectors] = {}
        for name, place in _floats(json.loads(raw[8 : 8 + size])):
            start = 8 + size + place["data_offsets"][0]
            found = np.frombuffer(raw, np.float32, int(np.prod(place["shape"])), start)
            self.weights[name] = found.reshape(place["shape"])
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """A unit vector a text."""
        ids = [found.ids for found in self.tokenizer.encode_batch(list(texts))]
        by_length: dict[int, list[int]] = {}
        for number, found in enumerate(ids):
            by_length.setdefault(len(found), []).append(number)  # batches of one length need no mask
        result = np.empty((len(ids), 384), np.float32)
        for numbers in by_length.values():
            for start in range(0, len(numbers), 256):
                part = numbers[start : start + 256]
                result[part] = self._forward(np.array([ids[n] for n in part]))
        return unit(result)

    def _forward(self, ids: NDArray[np.int64]) -> Vectors:
        w = self.weights
        x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.token_type_embeddings.weight"][0]
        x = self._normed(x + w["embeddings.position_embeddings.weight"][: ids.shape[1]], "embeddings.LayerNorm")
        for layer in range(6):
            name = f"encoder.layer.{layer}."
            x = self._normed(x + self._attention(x, name), name + "attention.output.LayerNorm")
            inner = _gelu(self._linear(x, name + "intermediate.dense"))
            x = self._normed(x + self._linear(inner, name + "output.dense"), name + "output.LayerNorm")
        mean: Vectors = x.mean(1)
        return mean

    def _attention(self, x: Vectors, name: str) -> Vectors:
        many, length, _ = x.shape
        query, key, value = (
            self._linear(x, f"{name}attention.self.{part}").reshape(many, length, HEADS, -1).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        worth = query @ key.transpose(0, 1, 3, 2) / np.sqrt(np.float32(query.shape[-1]))
        worth = np.exp(worth - worth.max(-1, keepdims=True))
        mixed = (worth / worth.sum(-1, keepdims=True)) @ value
        return self._linear(mixed.transpose(0, 2, 1, 3).reshape(many, length, -1), name + "attention.output.dense")

    def _linear(self, x: Vectors, name: str) -> Vectors:
        found: Vectors = x @ self.weights[name + ".weight"].T + self.weights[name + ".bias"]
        return found

    def _normed(self, x: Vectors, name: str) -> Vectors:
        x = x - x.mean(-1, keepdims=True)
        x = x / np.sqrt((x * x).mean(-1, keepdims=True) + 1e-12)
        found: Vectors = x * self.weights[name + ".weight"] + self.weights[name + ".bias"]
        return found


def _floats(header: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((name, place) for name, place in header.items() if place.get("dtype") == "F32")


def _gelu(x: Vectors) -> Vectors:
    """By a series of the error function that is right to 1e-7 (Abramowitz and Stegun 7.1.26)."""
    size = np.abs(x) * np.float32(0.5**0.5)
    t = 1 / (1 + 0.3275911 * size)
    series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
    found: Vectors = x * 0.5 * (1 + np.sign(x) * (1 - series * np.exp(-size * size)))
    return found.astype(np.float32)


def unit(vectors: Vectors) -> Vectors:
    """Each of length one."""
    found: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return found


def picked(texts: Sequence[Path], translations: dict[str, list[str]]) -> list[str]:
    """The English words to be told of: plain words and no names, of the list or often in the texts."""
    count = Counter(word for path in texts for word in words(path.read_text(encoding="utf-8")))
    known, names = listed("known.txt"), listed("first-names.txt")
    often = {word for word, n in count.items() if n >= OFTEN and word not in names}
    plain = {word for word in often if word in known or not known.isdisjoint(lexicon.bases(word))}
    told = {word for found in translations.values() for phrase in found for word in phrase.split()}
    return sorted(w for w in plain | told if w.isascii() and w.isalpha() and len(w) > 2 and w not in unfit())


def listed(name: str) -> frozenset[str]:
    """The words of a file of corpus/words/."""
    return frozenset((corpus() / "words" / name).read_text(encoding="utf-8").split())


@cache
def unfit() -> frozenset[str]:
    """Stop words, days, months, numbers and the like: another one of these is another thing."""
    import yaml

    found = {*stop_words(), *NUMBERS.split(), *SEASONS.split()}
    for path in (corpus() / "reading").glob("??.yaml"):
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
        for table in ("weekdays", "months"):
            found.update(bare(str(word)) for word in read[table])
    return frozenset(found)


def near(named: Sequence[str], vectors: Vectors, least: float) -> Iterator[str]:
    """A line for each word that has near ones, none of them a form of it or of each other."""
    forms = [set(stems(word)) for word in named]
    for start in range(0, len(named), BLOCK):
        for number, likeness in enumerate(vectors[start : start + BLOCK] @ vectors.T, start):
            told, seen = list[str](), set(forms[number])
            some = np.argpartition(-likeness, MOST * 4)[: MOST * 4]
            for other in some[np.argsort(-likeness[some])]:
                if likeness[other] < least or len(told) == MOST:
                    break
                if seen.isdisjoint(forms[other]):
                    seen |= forms[other]
                    told.append(named[other])
            if told:
                yield f"{named[number]} = {', '.join(told)}"


def write(language: str, name: str, lines: Iterator[str]) -> None:
    path = corpus() / "words" / f"{language}-{language}.txt"
    told = list(lines)
    path.write_text(_HEADER.format(name=name) + "".join(f"{line}\n" for line in told), encoding="utf-8")
    print(f"{path.name}: {len(told)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("texts", type=Path, nargs="+")
    a = parser.parse_args()
    split = (line.partition(" = ") for line in lines_of((corpus() / "words" / "nl-en.txt").read_text(encoding="utf-8")))
    translations = {bare(word): found.split(", ") for word, _, found in split}
    english = picked(a.texts, translations)
    phrases = list(dict.fromkeys([*english, *(phrase for found in translations.values() for phrase in found)]))
    vectors = Model(a.model).vectors(phrases)
    vectors = unit(vectors - vectors[: len(english)].mean(0))
    place = {phrase: number for number, phrase in enumerate(phrases)}
    write("en", "English", near(english, vectors[: len(english)], NEAR["en"]))
    dutch = sorted(word for word in translations if len(word) > 2 and word not in unfit())
    shares = [[(place[phrase], _NEXT**rank) for rank, phrase in enumerate(translations[word])] for word in dutch]
    sums = np.array([sum(vectors[at] * share for at, share in found) for found in shares], np.float32)
    write("nl", "Dutch", near(dutch, unit(sums), NEAR["nl"]))


if __name__ == "__main__":
    main()
