"""What became of a promise: kept, kept in part, or let go, in the other words of a later note."""

from __future__ import annotations

from assistant.records import Commitment, Reading


def follow(commitments: list[Commitment], reading: Reading) -> list[Commitment]:
    """The commitments after a later note was read; the newest word counts, and what is partly done stays open."""
    return commitments
