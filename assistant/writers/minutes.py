"""Sharing out the minutes of a session over its items."""

from __future__ import annotations

from collections.abc import Sequence

Share = tuple[int, float, int, int | None]  # rank, weight, the least minutes that make sense, the most it may take


def share(items: Sequence[Share], total: int) -> list[tuple[int, int]]:
    """(index, minutes) of the items kept, in their order; the minutes add up to `total`.

    Where there is too little time for all, those of the highest rank go first. What is left when each has its least goes
    by weight; where there is more than all may take together, the weightiest takes it all the same.
    """
    kept = _kept(items, total)
    minutes = {n: items[n][2] for n in kept}
    if len(kept) == 1:
        return [(kept[0], total)]
    spare = total - sum(minutes.values())
    while spare:
        roomy = [n for n in kept if (most := items[n][3]) is None or minutes[n] < most]
        if not roomy:
            minutes[max(kept, key=lambda n: items[n][1])] += spare
            break
        for n, more in _parts([(n, items[n][1]) for n in roomy], spare).items():
            most = items[n][3]
            minutes[n] += more if most is None else min(more, most - minutes[n])
        spare = total - sum(minutes.values())
    return [(n, minutes[n]) for n in kept]


def _kept(items: Sequence[Share], total: int) -> list[int]:
    """Those that there is time for, one at the least."""
    kept: list[int] = []
    taken = 0
    for n in sorted(range(len(items)), key=lambda n: (items[n][0], n)):
        if taken + items[n][2] <= total or not kept:
            kept.append(n)
            taken += items[n][2]
    return sorted(kept)


def _parts(weights: list[tuple[int, float]], spare: int) -> dict[int, int]:
    """Whole minutes by weight; what is lost in rounding goes to those that lost most."""
    whole = sum(weight for _, weight in weights)
    exact = {n: spare * weight / whole for n, weight in weights}
    parts = {n: int(e) for n, e in exact.items()}
    for n in sorted(parts, key=lambda n: parts[n] - exact[n])[: spare - sum(parts.values())]:
        parts[n] += 1
    return parts
