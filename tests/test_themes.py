"""Themes: a fixed vocabulary that a programme extends, matched on enough evidence, of no sensitive matter."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import themes
from assistant.errors import Unusable
from assistant.privacy import sensitive


def found(*sentences: str, scope: tuple[str, ...] = ()) -> list[str]:
    return [theme.id for theme in themes.matched(themes.load(), sentences, scope)]


def test_no_theme_is_health_pay_reorganisation_deals_appraisal_or_leaving() -> None:
    listed = themes.load()
    assert 40 <= len(listed) <= 70
    for theme in listed:
        for said in (theme.nl, theme.en, *(entry.replace("*", "") for entry in theme.entries)):
            assert not sensitive.matters_of(said), (theme.id, said)


def test_a_stray_word_is_no_theme_but_two_sentences_or_the_scope_beside_it_are() -> None:
    assert found("Er stond iets in de mail.") == []
    assert found("Er stond iets in de mail.", "Late mails wekken ergernis.") == ["email-culture"]
    assert found("De klanten merkten het.", scope=("klantbeeld",)) == ["customers"]


def test_words_of_both_languages_count_at_once() -> None:
    assert found("We tried the chatbot.", "Het taalmodel verzon een bron.") == ["ai-tools"]


def test_a_programme_adds_replaces_and_takes_away(tmp_path: Path) -> None:
    own = "- {id: dikes, nl: dijken, en: dikes, words: dijk*}\n- {id: email-culture, nl: m, en: m, words: ''}\n"
    (tmp_path / "own.yaml").write_text(own, "utf-8")
    ids = {theme.id for theme in themes.load(tmp_path)}
    assert "dikes" in ids
    assert "email-culture" not in ids


def test_a_file_that_is_off_is_named(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("- {id: x}\n", "utf-8")
    with pytest.raises(Unusable, match=r"own\.yaml"):
        themes.load(tmp_path)
