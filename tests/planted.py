"""A programme with canaries in every place that has a level: a made-up word and a plain sentence in each.

Made-up words alone would flatter what goes by rare words; plain ones alone could be in a text by chance. A place is a
piece of Markdown with {token} and {plain} in it; each gets words that no other place has.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from msgspec import Struct

from assistant.records import Level

PAIR = """language = "nl"
cadence = "2 months"
started = 2026-01-15
scope = ["mailcultuur", "AI tools on the floor"]
[mentor]
name = "Noor van der Velde"
[mentee]
name = "Willem Achterberg"
"""
OTHER = """language = "en"
cadence = "8 weeks"
[mentor]
name = "Iris Halm"
[mentee]
name = "Bart Looman"
"""
WORDS = """muizenval theepot dakgoot verfkwast loopgraaf zonnebril ladekast regenjas lantaarn kruiwagen zadel kussen
schoorsteen egel grindpad vuurtoren emmer gieter ladder kapstok fluitketel stoofpot deurmat spinnenweb wijnvat klompen
regenton kaasschaaf waslijn paraplu hooiberg stoomboot molensteen bijenkorf duiventil roeiboot sneeuwpop knikkerzak
hedgehog teaspoon wheelbarrow gravel lighthouse saddle chimney pillow bucket doormat umbrella haystack beehive anvil
cobweb dovecote rowboat marble kettle lantern gutter thimble hammock weathercock birdcage snowman trowel pulley"""
SAY = "Noor stuurt Willem {token} voor 1 mei. We spraken over {plain} en dat bleef liggen."
ASK = "- [ ] Willem: {token} nakijken\n- Vraag: wat vindt Willem van {plain}?"
TELL = "Willem denkt dat {plain} niet helpt. Op de vloer bleek {token}."
SAYEN = "Noor sends Willem {token} by 1 May. We talked about {plain} and left it open."
ASKEN = "- [ ] Willem: look at {token}\n- Question: what does Willem make of {plain}?"

Places = list[tuple[Level, str]]


def _headed(level: Level, marks: list[str], say: str, *more: str) -> Places:
    return [(level, f"## {mark}\n\n{say}\n") for mark in marks] + [(level, text) for text in more]


# One block each, in an order in which no heading closes the next block by being above it.
DUTCH: Places = [
    (Level.PAIR, SAY),
    (Level.PAIR, TELL),
    (Level.SEALED, f"{SAY} #offrecord"),
    (Level.SEALED, f"> [!geheim]\n> {SAY}\n> {TELL}"),
    (Level.SEALED, "- Iets anders #buitenhetverslag\n  - {token} en {plain}"),
    (Level.OWN, f"%%{SAY}%%"),
    (Level.OWN, f"%%\n{SAY}\n\n{ASK}\n%%"),
    (Level.OWN, f"Het weer was goed. <!-- {SAY} -->"),
    (Level.OWN, "We liepen een rondje. %%{token}, {plain}%%"),
    (Level.OWN, f"> [!privé]- Van mij\n> {SAY}"),
    (Level.OWN, "- [ ] Noor: {token} en {plain} uitzoeken #eigen-notities"),
    (Level.CONFIDENTIAL, f"> [!vertrouwelijk]\n> {SAY}"),
    (Level.CONFIDENTIAL, f"{TELL} #onder-ons"),
    (Level.CONFIDENTIAL, "Dit was zo.\n{token} is {plain}.\nMeer niet. #vertrouwelijk"),
    (Level.CONFIDENTIAL, "| wie | wat |\n|---|---|\n| Noor | {token} en {plain} #vertrouwelijk |"),
    (Level.PROGRAMME, "We spraken over {plain}. #delen"),
    (Level.PROGRAMME, "> [!programma]\n> We leerden van {plain} hoe het kan."),
    (Level.ORGANISATION, "Onze tip is {plain}. #openbaar"),
    *_headed(Level.SEALED, ["Geheim", "Buiten het verslag"], f"{SAY}\n\n{ASK}"),
    *_headed(Level.OWN, ["Persoonlijk", "PRIVE", "Privédeel van mij"], f"{ASK}\n\n{TELL}"),
    *_headed(Level.OWN, ["Eigen notities"], "### Dieper\n\n{token}\n\nEn {plain}. #delen"),
    *_headed(Level.CONFIDENTIAL, ["Onder ons", "Alleen voor ons, vertrouwelijk"], f"{SAY}\n\n{ASK}"),
    *_headed(Level.CONFIDENTIAL, ["Vertrouwlijk"], SAY),
    *_headed(Level.PROGRAMME, ["Voor het programma"], "- We oefenden met {plain}."),
    *_headed(Level.ORGANISATION, ["Openbaar"], "- Iedereen mag weten van {plain}."),
    *_headed(Level.PAIR, ["Verder over {plain}"], "{token}, {plain}."),
]
ENGLISH: Places = [
    (Level.PAIR, SAYEN),
    (Level.SEALED, f"{SAYEN} #off-the-record"),
    (Level.SEALED, f"> [!sealed]\n> {SAYEN}"),
    (Level.OWN, f"<!--\n{SAYEN}\n-->"),
    (Level.OWN, f"> [!private]\n> {SAYEN}"),
    (Level.OWN, "- [ ] Noor: find {token} for {plain} #own"),
    (Level.CONFIDENTIAL, f"> [!confidential]\n> {SAYEN}"),
    (Level.CONFIDENTIAL, f"{SAYEN} #between-us"),
    (Level.PROGRAMME, "We talked about {plain}. #share"),
    (Level.ORGANISATION, "Our tip is {plain}. #public"),
    *_headed(Level.SEALED, ["Off the record"], f"{SAYEN}\n\n{ASKEN}"),
    *_headed(Level.OWN, ["Private part"], f"{SAYEN}\n\n{ASKEN}"),
    *_headed(Level.CONFIDENTIAL, ["Between us"], f"{SAYEN}\n\n{ASKEN}"),
    *_headed(Level.PROGRAMME, ["For the programme"], "- We practised with {plain}."),
    *_headed(Level.SEALED, ["Sealed"], "#### {token}\n\n%%{plain}%% #share"),
]
WHOLE: Places = [
    (Level.SEALED, f"---\nlevel: geheim\n---\n{SAY}\n\n{ASK} #delen"),
    (Level.OWN, f"---\nlevel: board-only\n---\n{SAYEN}\n\n{ASKEN}"),
    (Level.CONFIDENTIAL, f"---\nlevel: vertrouwelijk\n---\n{SAY}\n\n{ASK}"),
    (Level.OWN, "About mails.\n\n%% {token} and {plain} never end\n\n## Public\n\n{plain} #public"),
]


class Canary(Struct, frozen=True):
    """What to look for: a word that nobody has, a noun that no other place has, and the words round that noun."""

    level: Level
    token: str
    noun: str
    phrase: str
    told: bool  # is the made-up word in the place at all?


def _canary(level: Level, number: int, text: str) -> tuple[Canary, str]:
    seed = hashlib.sha256(str(number).encode()).digest()
    token = "".join("zvkfj"[a % 5] + "oiuea"[b % 5] for a, b in zip(seed[:5], seed[5:10], strict=True)) + "x"
    noun = WORDS.split()[number]
    phrase = f"{noun} onder de trap" if number % 2 else f"{noun} under the stairs"
    planted = text.replace("{token}", token).replace("{plain}", phrase)
    return Canary(level, token, noun, phrase, "{token}" in text), planted


def plant(root: Path) -> tuple[list[Canary], list[Canary]]:
    """Make the programme; returns the canaries of the pair noor-willem and those of another pair."""
    found: list[Canary] = []

    def block(places: Places) -> str:
        made = [_canary(level, len(found) + n, text) for n, (level, text) in enumerate(places)]
        found.extend(canary for canary, _ in made)
        return "\n\n".join(text for _, text in made) + "\n"

    notes = {f"2026-02-0{day}": block([place]) for day, place in enumerate(WHOLE, 2)}
    notes |= {"2026-03-12": block(ENGLISH), "2026-05-04": AGREED + block(DUTCH)}
    own = list(found)
    others = {"2026-04-01": block([(Level.PAIR, SAYEN), (Level.CONFIDENTIAL, f"{SAYEN} #confidential")])}
    (root / "guidance").mkdir(parents=True)
    (root / "prep.toml").write_text('[programme]\nname = "Test"\nlanguage = "nl"\ncadence = "8 weeks"\n', "utf-8")
    for slug, settings, texts in (("noor-willem", PAIR, notes), ("iris-bart", OTHER, others)):
        home = root / "pairs" / slug
        (home / "sessions").mkdir(parents=True)
        (home / "pair.toml").write_text(settings, "utf-8")
        for day, text in texts.items():
            (home / "sessions" / f"{day}.md").write_text(text, "utf-8")
    return own, found[len(own) :]


AGREED = "We spraken over mails die te laat komen. Noor maakt een lijst met tien vragen die klanten stellen.\n\n"
