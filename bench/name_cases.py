"""How well the detector covers the names of tests/cases/names without a roster, with all that it misses.

python bench/name_cases.py      (exact counts: persons wholly covered, other names covered, plain words masked)
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from assistant.privacy import identify, lexicon
from assistant.privacy.known import Known

HOME = Path(__file__).resolve().parent.parent / "tests" / "cases" / "names"
NAMES = ("person", "unknown-name", "organisation", "contact")
_LABEL = re.compile(r"\{([^}]*)\}|<([^>]*)>")
_WORD = re.compile(r"[^\W_]+")


def read(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """A line without its labels, and (start, end, "person" or "other") of each name."""
    text, labels, at = "", [], 0
    for match in _LABEL.finditer(line):
        text += line[at : match.start()]
        name = match[1] or match[2]
        labels.append((len(text), len(text) + len(name), "person" if match[1] else "other"))
        text += name
        at = match.end()
    return text + line[at:], labels


def lines(language: str) -> list[str]:
    """The labelled lines of a language."""
    path = HOME / f"notes.{language}.txt"
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def measure(language: str) -> tuple[Counter[str], Counter[str], list[str]]:
    """(hits, of how many, what went wrong)."""
    hit: Counter[str] = Counter()
    of: Counter[str] = Counter()
    wrong: list[str] = []
    nobody, small = Known([]), lexicon.cue("particles") | lexicon.cue("titles")
    for line in lines(language):
        text, labels = read(line)
        covered = bytearray(len(text))
        for span in identify.spans(text, nobody):
            if span.kind in NAMES:
                covered[span.start : span.end] = b"\x01" * (span.end - span.start)
        for match in _WORD.finditer(text):
            if not any(start <= match.start() < end for start, end, _ in labels):
                of["plain words masked"] += 1
                if any(covered[match.start() : match.end()]):
                    hit["plain words masked"] += 1
                    wrong.append(f"masked: {match.group()!r} in {text!r}")
        for start, end, kind in labels:
            words = [m for m in _WORD.finditer(text, start, end) if m.group().casefold() not in small]
            whole = all(all(covered[m.start() : m.end()]) for m in words)
            of[kind] += 1
            hit[kind] += whole
            if not whole:
                wrong.append(f"missed: {text[start:end]!r} in {text!r}")
    return hit, of, wrong


def main() -> int:
    for language in ("nl", "en"):
        hit, of, wrong = measure(language)
        print(language, {kind: f"{hit[kind]}/{of[kind]} = {hit[kind] / of[kind]:.3f}" for kind in sorted(of)})
        print("\n".join(f"  {text}" for text in wrong))
    return 0


if __name__ == "__main__":
    sys.exit(main())
