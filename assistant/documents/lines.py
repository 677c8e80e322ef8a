"""Signs that people and programs put before a line: bullets and boxes, as Markdown has them."""

from __future__ import annotations

import re

# As typed, and as the signs of Wingdings come out.
_OPEN, _TICKED = "☐▢□❏❑❒⬜◻◽🞎🞏🞐", "☑☒✓✔✅⊠⌧⮽🗵🗶🗷🗸🗹"
_BOX = re.compile(rf"(?:[-*·•]\s+)?(?:(?P<open>[{_OPEN}]|\[ ?\])|(?P<ticked>[{_TICKED}]|\[[xXvV]\]))\s*")
_BULLET = re.compile(r"(?:[·•▪‣●◦]\s*|-\s+)(?=\S)")


def box(text: str) -> tuple[str, str]:
    """("[ ] " or "[x] " or "", the rest) of a line that may begin with a check box."""
    match = _BOX.match(text)
    if match is None or not text[match.end() :].strip():
        return "", text
    return "[x] " if match["ticked"] else "[ ] ", text[match.end() :]


def item(text: str) -> tuple[bool, str, str]:
    """(is it a list item, its Markdown sign, the rest) of a line with or without a bullet or a box."""
    ticked, rest = box(text)
    if ticked:
        return True, f"- {ticked}", rest
    match = _BULLET.match(text)
    return (True, "- ", text[match.end() :]) if match else (False, "", text)
