"""Every way in which a hand-written prep.toml or pair.toml goes wrong: one sentence, with file, line and mend."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.errors import Unusable
from assistant.programme import settings
from assistant.records import Endpoint, Pair, Programme

PREP = '[programme]\nname = "Zanzibar"\n'
PEOPLE = '[mentor]\nname = "Noor van der Velde"\n\n[mentee]\nname = "Willem Achterberg"\n'
DEFAULTS = Programme("Zanzibar", "nl", "8 weeks")
SHOWN = "pairs/noor-willem/pair.toml"


def programme(folder: Path, text: str | bytes) -> Programme:
    path = folder / "prep.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return settings.programme(path)


def pair(folder: Path, text: str) -> Pair:
    path = folder / "pair.toml"
    path.write_bytes(text.encode())
    return settings.pair(path, SHOWN, "noor-willem", DEFAULTS)


def told(error: pytest.ExceptionInfo[Unusable]) -> str:
    """The message, which is one line with a mend behind the file and the line."""
    text = str(error.value)
    assert "\n" not in text
    assert re.match(r"[\w./-]+\.toml:\d+: \S.*[^.]$", text), text
    return text


# --- what is no TOML --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (PREP + "zanzibar", 3),
        (PREP + "language =", 3),
        (PREP + 'language = "zanzibar', 3),
        (PREP + "language = 'zanzibar\ncadence = 'x'", 3),
        (PREP + "language = zanzibar\n", 3),
        (PREP + "language = “zanzibar”\n", 3),
        (PREP + 'language = "nl" zanzibar\n', 3),
        (PREP + 'language = "za\\qnzibar"\n', 3),
        (PREP + "[zanzibar\n", 3),
        (PREP + "[[zanzibar]\n", 3),
        (PREP + '["zanzibar"]\n["zanzibar"]\n', 4),
        (PREP + 'language = "nl"\nlanguage = "zanzibar"\n', 4),
        (PREP + "zanzibar = { a = 1, a = 2 }\n", 3),
        (PREP + "zanzibar = { a = 1\n", 3),
        (PREP + 'zanzibar = ["a",\n"b"\n', 4),
        (PREP + "zanzibar = 2026-02-30\n", 3),
        (PREP + "zanzibar: nl\n", 3),
        (PREP + "\"it's 'zanzibar'\" = 1\n\"it's 'zanzibar'\" = 1\n", 4),
        ("Dear zanzibar,\n", 1),
        ("{'zanzibar': 1}", 1),
        ("zanzibar\x00\x01", 1),
        (PREP + "zanzibar = " + "[" * 5000, 3),
        (PREP + "zanzibar = " + "9" * 5000, 3),
    ],
)
def test_what_is_no_toml_is_told_with_its_line_and_none_of_its_words(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(Unusable) as error:
        programme(tmp_path, text)
    assert told(error).startswith(f"prep.toml:{line}: this is no valid TOML (")
    assert "zanzibar" not in told(error).lower()
    assert 'write one `key = "text"` a line' in told(error)


def test_signs_stay_in_the_message(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match=re.escape("expected '=' after a key")):
        programme(tmp_path, PREP + "language nl\n")


@pytest.mark.parametrize(
    "raw",
    [
        (PREP + 'language = "nl"\n').encode("utf-8-sig"),
        (PREP + 'language = "nl"\n').encode("utf-16"),
        (PREP + 'language = "nl"\n').replace("\n", "\r\n").encode(),
        (PREP.replace("Zanzibar", "Reünie") + 'language = "nl"\n').encode("cp1252"),
    ],
    ids=["BOM", "UTF-16", "CRLF", "cp1252"],
)
def test_a_file_as_any_editor_saves_it_is_read(tmp_path: Path, raw: bytes) -> None:
    assert programme(tmp_path, raw).name in ("Zanzibar", "Reünie")


def test_a_line_at_fault_is_counted_right_with_windows_line_ends(tmp_path: Path) -> None:
    with pytest.raises(Unusable) as error:
        programme(tmp_path, (PREP + "\n\nlanguage = 3\n").replace("\n", "\r\n"))
    assert told(error).startswith("prep.toml:5: `language` must be a text in quotes")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="cannot be read"):
        settings.programme(tmp_path / "prep.toml")
    (tmp_path / "prep.toml").mkdir()
    with pytest.raises(Unusable, match="cannot be read"):
        settings.programme(tmp_path / "prep.toml")


# --- prep.toml --------------------------------------------------------------------------------------------------------

MODEL = PREP + '\n[model]\nbase_url = "http://127.0.0.1:11434/v1"\nname = "m"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "1: the file lacks `programme`; add a line `[programme]`"),
        ('name = "x"\n', "1: the file lacks `programme`"),
        ("\n\n[programme]\n", "3: [programme] lacks `name`; add a line `name = ...`"),
        ('\nprogramme = "x"\n', "2: `programme` must be a table"),
        ('\n[[programme]]\nname = "x"\n', "2: `programme` must be a table"),
        ("\nprogramme = { name = 3 }\n", "2: `name` must be a text in quotes"),
        ('programme.language = "nl"\nprogramme.name = 3\n', "2: `name` must be a text in quotes"),
        (PREP + "language = 3\n", "3: `language` must be a text in quotes"),
        (PREP + 'language = ["nl"]\n', "3: `language` must be a text in quotes"),
        (PREP + 'language = "fr"\n', "3: `language` must be one of nl, en"),
        (PREP + 'language = ""\n', "3: `language` must be one of nl, en"),
        (PREP + 'language = "NL"\n', "3: `language` must be one of nl, en"),
        (PREP + "cadence = 8\n", "3: `cadence` must be a text in quotes"),
        (PREP + "\n[model]\nname = 'm'\n", "4: [model] lacks `base_url`"),
        (PREP + "\n[embedding]\nbase_url = 'http://x'\n", "4: [embedding] lacks `name`"),
        (PREP + "[model]\nbase_url = 'x'\nname = 'm'\n", "4: `base_url` must begin with http:// or https://"),
        (PREP + "[model]\nbase_url = 'http://'\nname = 'm'\n", "4: `base_url` must begin with"),
        (PREP + "[model]\nbase_url = 'file:///x'\nname = 'm'\n", "4: `base_url` must begin with"),
        (MODEL + "[embedding]\nbase_url = 'x'\nname = 'm'\n", "8: `base_url` must begin with"),
        (MODEL + "api_key_env = 3\n", "7: `api_key_env` must be a text in quotes"),
    ],
)
def test_a_fault_in_prep_toml_is_told_where_it_stands(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(Unusable) as error:
        programme(tmp_path, text)
    assert told(error).startswith(f"prep.toml:{message}")


CADENCES = [
    "",
    "8",
    "weeks",
    "0 weeks",
    "-1 weeks",
    "1.5 weeks",
    "8 years",
    "eight weeks",
    "8 weeks or so",
    "1000 days",
]


@pytest.mark.parametrize("cadence", CADENCES)
def test_a_cadence_that_is_none_is_refused(tmp_path: Path, cadence: str) -> None:
    with pytest.raises(Unusable) as error:
        programme(tmp_path, PREP + f'cadence = "{cadence}"\n')
    assert told(error).startswith('prep.toml:3: `cadence` must be like "30 days", "8 weeks" or "2 months"')


@pytest.mark.parametrize("cadence", ["1 day", "30 days", "8 weeks", "1 Month", "2 months"])
def test_a_cadence_in_days_weeks_or_months_will_do(tmp_path: Path, cadence: str) -> None:
    assert programme(tmp_path, PREP + f'cadence = "{cadence}"\n').cadence == cadence


SECRET = "sk-Qw3rTyUi0pAsDfGhJkLzXcVbNm"


@pytest.mark.parametrize(
    "line",
    [
        f'api_key = "{SECRET}"',
        f"api_key_env = '{SECRET}'",
        'api_key_env = "Qw3rTyUi0pAsDfGhJkLzXcVbNm1234567890"',
        'api_key_env = "eyJhbGciOi.Qw3rTyUi.SflKxwRJ"',
        'api_key_env = "Qw3rTy of two words"',
        'API_KEY = "Qw3rTy"',
        'apikey = "Qw3rTy"',
        'openai-api-key = "Qw3rTy"',
        '"key" = "Qw3rTy"',
        'token = "Qw3rTy"',
        'password = "Qw3rTy"',
        f'remark = "{SECRET}"',
        f"# api_key = {SECRET}",
    ],
)
def test_a_key_in_prep_toml_is_refused_and_never_repeated(tmp_path: Path, line: str) -> None:
    with pytest.raises(Unusable) as error:
        programme(tmp_path, MODEL + line + "\n")
    assert told(error).startswith("prep.toml:7: a key does not belong in this file; put it in a variable")
    assert "Qw3rTy" not in told(error)


def test_a_key_in_an_address_or_an_inline_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unusable) as error:
        programme(tmp_path, MODEL.replace("http://", "http://me:Qw3rTy@"))
    assert told(error).startswith("prep.toml:5: a key does not belong in this file")
    with pytest.raises(Unusable) as error:
        programme(tmp_path, 'model = { base_url = "http://x", name = "m", api_key = "Qw3rTy" }\n' + PREP)
    assert told(error).startswith("prep.toml:1: a key does not belong in this file")


@pytest.mark.parametrize("name", ["OPENAI_API_KEY", "key", "PREP_KEY_OF_THE_WHOLE_ORGANISATION_2026", "ourKey2"])
def test_the_name_of_a_variable_is_no_key(tmp_path: Path, name: str) -> None:
    model = programme(tmp_path, MODEL + f'api_key_env = "{name}"  # the key = a variable\n').model
    assert model == Endpoint("http://127.0.0.1:11434/v1", "m", name)


# --- pair.toml --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "1: the file lacks `mentor`; add a line `[mentor]`"),
        (PEOPLE.split("\n\n")[0], "1: the file lacks `mentee`; add a line `[mentee]`"),
        (PEOPLE.replace('name = "Willem Achterberg"', 'role = "x"'), "4: [mentee] lacks `name`"),
        (PEOPLE.replace('"Willem Achterberg"', '" "'), "5: `name` is empty; write the full name"),
        (PEOPLE.replace('"Willem Achterberg"', "3"), "5: `name` must be a text in quotes"),
        ("\nmentor = 'Noor'\n", "2: `mentor` must be a table"),
        (PEOPLE.replace("[mentee]", "[[mentee]]"), "4: `mentee` must be a table"),
        (PEOPLE + "aliases = 'WA'\n", "6: `aliases` must be a list in square brackets"),
        (PEOPLE + "aliases = [1]\n", "6: `aliases` must be a text in quotes"),
        ('scope = "AI"\n' + PEOPLE, "1: `scope` must be a list in square brackets"),
        ('minutes = 60\nscope = [\n"AI", 3]\n' + PEOPLE, "2: `scope` must be a text in quotes"),
        ('language = "de"\n' + PEOPLE, "1: `language` must be one of nl, en"),
        ('language = "nl"\ncadence = "soon"\n' + PEOPLE, '2: `cadence` must be like "30 days"'),
        ('minutes = "60"\n' + PEOPLE, "1: `minutes` must be a whole number without quotes"),
        ("minutes = 60.0\n" + PEOPLE, "1: `minutes` must be a whole number without quotes"),
        ("minutes = true\n" + PEOPLE, "1: `minutes` must be a whole number without quotes"),
        ("minutes = 0\n" + PEOPLE, "1: `minutes` must be a whole number from 1 to 480"),
        ("minutes = -60\n" + PEOPLE, "1: `minutes` must be a whole number from 1 to 480"),
        (f"minutes = {10**30}\n" + PEOPLE, "1: `minutes` must be a whole number from 1 to 480"),
        ("sessions = 0\n" + PEOPLE, "1: `sessions` must be a whole number from 1 to 1000"),
        ('started = "in the spring"\n' + PEOPLE, "1: `started` must be a date without quotes, as in 2026-01-15"),
        ("started = 20260115\n" + PEOPLE, "1: `started` must be a date"),
        ("started = 10:00:00\n" + PEOPLE, "1: `started` must be a date"),
        (PEOPLE + "[people]\nname = 'Fatima'\n", "6: `people` must be a list of tables, each under its own line `[["),
        (PEOPLE + "[[people]]\nname = 'Fatima'\n[[people]]\nrole = 'x'\n", "8: [people] lacks `name`"),
        (PEOPLE + "[[people]]\nname = 'Fatima'\n[[people]]\nname = 3\n", "9: `name` must be a text in quotes"),
        (PEOPLE + "[[people]]\nname = 'Fatima'\n[[people]]\nname = ''\n", "9: `name` is empty"),
    ],
)
def test_a_fault_in_pair_toml_is_told_where_it_stands(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(Unusable) as error:
        pair(tmp_path, text)
    assert told(error).startswith(f"{SHOWN}:{message}")


def test_a_date_in_quotes_will_do(tmp_path: Path) -> None:
    assert str(pair(tmp_path, 'started = "2026-01-15"\n' + PEOPLE).started) == "2026-01-15"


def test_wishes_know_their_own_lines(tmp_path: Path) -> None:
    found = pair(
        tmp_path,
        'out_of_scope = ["AI-beleid"]\nscope = [\n  "AI-beleid",\n  "",\n  "AI", \'beleid\',\n]\n'
        '[mentor]\nname = "Noor"\nlearning = ["AI"]\n'
        '[mentee]\nname = "Willem"\ninterests = ["beleid", "zeg \\"AI\\""]\n',
    )
    assert [(w.text, w.line) for w in found.scope] == [("AI-beleid", 3), ("AI", 5), ("beleid", 5)]
    assert [w.line for w in found.out_of_scope] == [1]
    assert [w.line for w in found.learning] == [9]
    assert [w.line for w in found.interests] == [12, 12]


def test_what_a_pair_leaves_open_the_programme_says(tmp_path: Path) -> None:
    found = pair(tmp_path, PEOPLE)
    assert (found.language, found.cadence, found.minutes, found.sessions) == ("nl", "8 weeks", None, None)
    found = pair(tmp_path, 'language = "en"\ncadence = "30 days"\n' + PEOPLE)
    assert (found.language, found.cadence) == ("en", "30 days")


# --- what is set and not known ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        (
            PREP + 'cadance = "6 weeks"\n',
            3,
            "[programme] has no setting `cadance`, so it is left unread; did you mean `cadence`?",
        ),
        (
            PREP + "\n[modle]\nname = 'zanzibar'\n",
            4,
            "the file has no setting `modle`, so it is left unread; did you mean `model`?",
        ),
        (PREP + "\n[zz]\n", 4, "known are `programme`, `model`, `embedding`"),
    ],
)
def test_an_unknown_setting_of_a_programme_is_told_with_the_nearest_known(
    tmp_path: Path, text: str, line: int, told: str
) -> None:
    (doubt,) = programme(tmp_path, text).doubts
    assert (doubt.path, doubt.line) == ("prep.toml", line)
    assert told in doubt.text
    assert "zanzibar" not in doubt.text.casefold()


def test_an_unknown_setting_of_a_pair_is_told_in_its_own_table(tmp_path: Path) -> None:
    text = 'minuts = 45\n[mentor]\nname = "Noor"\nlerning = []\n[mentee]\nname = "Willem"\n'
    text += '[[people]]\nname = "Fatima"\n[[people]]\nname = "Jan"\nrol = "chef"\n'
    doubts = pair(tmp_path, text).doubts
    assert [(d.line, re.findall("`(.*?)`", d.text)) for d in doubts] == [
        (1, ["minuts", "minutes"]),
        (4, ["lerning", "learning"]),
        (11, ["rol", "role"]),
    ]


def test_what_is_known_gives_no_doubt(tmp_path: Path) -> None:
    assert pair(tmp_path, 'cadence = "2 weeks"\n' + PEOPLE).doubts == ()
