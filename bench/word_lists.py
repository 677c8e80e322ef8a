"""Make the lists of corpus/words/ anew, from Debian's wdutch, wamerican and wbritish, and Faker, which prep does not need.

    python bench/word_lists.py /usr/share/dict

known.txt: words of Dutch and English, folded, without forms that an ending or a compound of listed words explains
(assistant/privacy/lexicon.py adds those again). ordinary.txt: those that our own texts use. first-names.txt and
surnames.txt: of many languages, without those that our guidance and questions use as plain words.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import faker.providers.person as people

from assistant.privacy import lexicon
from assistant.privacy.lexicon import bases, halves
from assistant.resources import corpus, prompts
from assistant.words import fold, stop_words


def words(folder: Path) -> set[str]:
    """Every lower-case word of the dictionaries of both languages, folded."""
    texts = [(folder / name).read_text(encoding="utf-8") for name in ("dutch", "american-english", "british-english")]
    plain = (word.removesuffix("'s") for text in texts for word in text.split())
    return {fold(word) for word in plain if word.islower() and word.isalpha() and 2 <= len(word) <= 24}


def without_forms(every: set[str]) -> set[str]:
    """The words that neither an ending nor a compound of others explains."""
    kept: set[str] = set()
    for word in sorted(every, key=lambda w: (len(w), w)):
        if not any(base in kept for base in bases(word)) and not halves(word, kept):
            kept.add(word)
    return kept


def names(attribute: str) -> set[str]:
    """Parts of names in Latin letters, folded, of all the lists of an attribute of the person providers."""
    found: set[str] = set()
    for module in pkgutil.iter_modules(people.__path__):
        provider = importlib.import_module(f"{people.__name__}.{module.name}").Provider
        for name in dir(provider):
            if name.startswith(attribute):
                found.update(_parts(getattr(provider, name)))
    return found - everyday()


def ordinary() -> set[str]:
    """What our own texts write in lower case; in notes, where that may be a name, only what a dictionary has."""
    return everyday() | {word for word in _lower("reading", "demo") if lexicon.is_word(word)}


def everyday() -> set[str]:
    """What our guidance, questions and phrases write in lower case: nobody's name there."""
    return set(stop_words()) | _lower("guidance", "questions") | _small(list(prompts().glob("*.*")))


def _lower(*kinds: str) -> set[str]:
    return _small([path for kind in kinds for path in (corpus() / kind).rglob("*.*")])


def _small(paths: list[Path]) -> set[str]:
    texts = (path.read_text(encoding="utf-8") for path in paths)
    return {fold(word) for text in texts for word in re.findall(r"[^\W\d_]+", text) if word.islower()}


def _parts(listed: object) -> Iterator[str]:
    if isinstance(listed, (list, tuple, dict)):
        for entry in listed:
            for part in fold(str(entry)).replace("-", " ").replace(".", " ").split():
                if part.isascii() and part.isalpha() and len(part) > 1:
                    yield part


def write(path: Path, lines: set[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in sorted(lines)), encoding="utf-8")
    print(f"{path.name}: {len(lines)}")


if __name__ == "__main__":
    write(corpus() / "words" / "known.txt", without_forms(words(Path(sys.argv[1]))))
    write(corpus() / "words" / "ordinary.txt", ordinary())
    write(corpus() / "words" / "first-names.txt", names("first_name"))
    write(corpus() / "words" / "surnames.txt", names("last_name"))
