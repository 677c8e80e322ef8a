"""Sharing out the minutes of a session over its items."""

from __future__ import annotations

from collections.abc import Sequence

_LEAST = 3  # minutes; what has less time than this is better left out


def share(items: Sequence[tuple[int, float]], total: int) -> list[tuple[int, int]]:
    """(index, minutes) of the items kept, in their order; the minutes add up to `total`.

    An item is (rank, weight). Where there is too little time for all, those of the highest rank go first.
    """
    kept = sorted(range(len(items)), key=lambda n: (items[n][0], n))[: max(1, total // _LEAST)]
    kept.sort()
    weights = [items[n][1] for n in kept]
    least = min(_LEAST, total // len(kept))
    spare = total - least * len(kept)
    exact = [spare * w / sum(weights) for w in weights]
    minutes = [least + int(e) for e in exact]
    for n in sorted(range(len(kept)), key=lambda n: int(exact[n]) - exact[n])[: total - sum(minutes)]:
        minutes[n] += 1
    return list(zip(kept, minutes, strict=True))
