"""Make corpus/words/the lists of corpus/words/ anew; needs simplemma 2 and faker, which prep itself does not.

    python bench/word_lists.py

known.txt: words of Dutch and English, folded, without forms that an ending or a compound of listed words explains
(assistant/privacy/lexicon.py adds those again). first-names.txt and surnames.txt: of many languages, without those that
our own texts use as plain words. ordinary.txt: those plain words.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import faker.providers.person as people
from simplemma.strategies.dictionaries import dictionary_factory

from assistant.privacy.lexicon import bases, halves
from assistant.resources import corpus, prompts
from assistant.words import fold, stop_words


def words() -> set[str]:
    """Every lower-case word of both languages, folded."""
    factory = dictionary_factory.DefaultDictionaryFactory()
    keys = (key for language in ("nl", "en") for key in factory.get_dictionary(language))
    return {fold(key) for key in keys if key.islower() and key.isalpha() and 2 <= len(key) <= 24}


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
    return found - ordinary()


def ordinary() -> frozenset[str]:
    """Words that our own pages of guidance, questions and phrases write in lower case: nobody's name there."""
    pages = [p for kind in ("guidance", "questions", "reading", "demo") for p in (corpus() / kind).rglob("*.*")]
    texts = [path.read_text(encoding="utf-8") for path in [*pages, *prompts().glob("*.*")]]
    lower = (word for text in texts for word in re.findall(r"[^\W\d_]+", text) if word.islower())
    return stop_words() | frozenset(map(fold, lower))


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
    write(corpus() / "words" / "ordinary.txt", set(ordinary()))
    write(corpus() / "words" / "known.txt", without_forms(words()))
    write(corpus() / "words" / "first-names.txt", names("first_name"))
    write(corpus() / "words" / "surnames.txt", names("last_name"))
