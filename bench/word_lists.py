"""Make corpus/words/known.txt and names.txt anew; needs simplemma 2 and faker, which prep itself does not.

    python bench/word_lists.py

known.txt: words of Dutch and English, folded, without forms that an ending or a compound of listed words explains
(assistant/privacy/lexicon.py adds those again). names.txt: first names and surnames of many languages.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import faker.providers.person as people
from simplemma.strategies.dictionaries import dictionary_factory

from assistant.privacy.lexicon import bases, halves
from assistant.resources import corpus
from assistant.words import fold


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


def names() -> set[str]:
    """Parts of first names and surnames in Latin letters, folded."""
    found: set[str] = set()
    for module in pkgutil.iter_modules(people.__path__):
        provider = importlib.import_module(f"{people.__name__}.{module.name}").Provider
        for attribute in dir(provider):
            if attribute.startswith(("first_name", "last_name")):
                found.update(_parts(getattr(provider, attribute)))
    return found


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
    write(corpus() / "words" / "known.txt", without_forms(words()))
    write(corpus() / "words" / "names.txt", names())
