"""Notes made at random, as people write them: blocks with marks and without, joined as they come."""

from __future__ import annotations

from hypothesis import strategies as st

TALK = """
Noor Willem Fatima ik we vraagt stuurt zal promises asks by vrijdag 3 april het overzicht de balie? kantine, rooster.
Eén “Wat houdt je tegen?” – 50% #kantine 14:30 [ ] Actie: TODO Vraag: **nieuw** `code` café
"""
WORDS = st.sampled_from(TALK.split())
LINE = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)
LINES = st.lists(LINE, min_size=1, max_size=3)
OPENING = st.sampled_from(["## Delen", "## For the programme", "# Openbaar", "### Duo"])
CLOSING = st.sampled_from(["## Geheim", "# Private", "### Onder ons", "## Vertrouwlijk"])


def prefixed(sign: str, lines: list[str]) -> str:
    return "\n".join(sign + line for line in lines)


def nested(lines: list[str]) -> str:
    return "\n".join("  " * depth + "- " + line for depth, line in enumerate(lines))


def table(cells: list[str]) -> str:
    return "| wie | wat |\n|---|---|\n" + "\n".join(f"| Noor | {cell} |" for cell in cells)


PLAIN = st.one_of(
    LINES.map("\n".join),
    LINES.map(lambda lines: prefixed("- ", lines)),
    LINES.map(lambda lines: prefixed("1. ", lines)),
    LINES.map(lambda lines: prefixed("- [ ] ", lines)),
    LINES.map(lambda lines: prefixed("- [x] Noor: ", lines)),
    LINES.map(lambda lines: prefixed("> ", lines)),
    LINES.map(lambda lines: prefixed("> - ", lines)),
    LINES.map(lambda lines: prefixed("\t", lines)),
    LINES.map(nested),
    LINES.map(table),
    LINES.map(lambda lines: "```\n" + "\n".join(lines) + "\n```"),
    LINES.map(lambda lines: "~~~ note of the day\n" + "\n".join(lines) + "\n~~~"),
    LINES.map(lambda lines: "> [!note] " + "\n> ".join(lines)),
    LINE.map(lambda line: "## " + line),
    LINE.map(lambda line: line + "\n-----"),
    LINE.map(lambda line: "From: Willem\nSubject: " + line + "\n\nHoi Noor,\n" + line),
    LINE.map(lambda line: "Noor: " + line + "\nWillem: " + line),
    st.just("---"),
)
MARKED = st.one_of(
    OPENING,
    CLOSING,
    LINE.map(lambda line: line + " #delen"),
    LINE.map(lambda line: "- " + line + " #geheim"),
    LINE.map(lambda line: "> [!programma]\n> " + line),
    LINE.map(lambda line: line + " %%" + line + "%%"),
    LINE.map(lambda line: "<!-- " + line + " -->"),
    LINE.map(lambda line: "[vertrouwelijk]\n" + line + "\n[/vertrouwelijk]"),
)
# What somebody left unfinished: at most one in a note.
BROKEN = st.sampled_from(
    [
        "```",
        "~~~ geheim",
        "%%",
        "<!-- nog",
        "50%% korting",
        "[geheim]",
        "> [!own",
        "|---|",
        "[/geheim]",
    ]
)
BLOCKS = st.lists(st.one_of(PLAIN, MARKED), max_size=6)
GAPS = st.sampled_from(["\n\n", "\n\n", "\n", "\n\n\n", "\n \n"])
