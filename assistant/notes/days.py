"""Numbers in words, and the feasts that fall on one day of the year."""

from __future__ import annotations

NUMBERS = {
    "een": 1,
    "een enkele": 1,
    "one": 1,
    "a": 1,
    "twee": 2,
    "two": 2,
    "drie": 3,
    "three": 3,
    "vier": 4,
    "four": 4,
    "vijf": 5,
    "five": 5,
    "zes": 6,
    "six": 6,
    "acht": 8,
    "eight": 8,
    "tien": 10,
    "ten": 10,
    "veertien": 14,
}
# Month and day.
HOLIDAYS = {
    "sinterklaas": (12, 5),
    "koningsdag": (4, 27),
    "halloween": (10, 31),
    "oudjaar": (12, 31),
    "oud en nieuw": (12, 31),
    "nieuwjaar": (1, 1),
    "new year": (1, 1),
    "driekoningen": (1, 6),
    "bonfire night": (11, 5),
    "valentine's": (2, 14),
    "valentijn": (2, 14),
    "allerheiligen": (11, 1),
    "boxing day": (12, 26),
    "bevrijdingsdag": (5, 5),
}
_TEENS = (
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
)
_UNITS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
ORDINALS = {
    **{f"twenty[ -]{word}": 20 + n for n, word in enumerate(_UNITS, 1)},
    "thirty[ -]first": 31,
    "twentieth": 20,
    "thirtieth": 30,
    **{word: 10 + n for n, word in enumerate(_TEENS)},
    **{word: n for n, word in enumerate(_UNITS, 1)},
}
