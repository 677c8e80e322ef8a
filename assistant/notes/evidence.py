"""What in a later note may tell the fate of a promise: every sentence that touches its matter, with its signs.

Signs are numbers: how much of the promise a sentence takes up again, whether it tells of something done, let go or
still to come, who acts in it, and where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from assistant.notes import cues
from assistant.notes.matters import Chronicle, Said, Touch
from assistant.notes.traces import tokens, vocabulary
from assistant.records import Commitment, Reading, are_others

_TOUCHES = 0.3
_SOME = 0.8  # shares enough with a promise for "two of the five" to be some of it
_CAPITAL = re.compile(r"[A-ZÀ-Þ][\w'’-]+")
_MONTH = "jan|feb|mar|maart|mrt|apr|may|mei|jun|jul|aug|sep|oct|okt|nov|dec"
_DATED = re.compile(
    rf"\b\d{{1,2}}(?:[/.-]\d|ste|de|e|st|nd|rd|th)|\b\d{{1,2}} (?:{_MONTH})|\b(?:{_MONTH})[a-z]* \d"
    r"|\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|last (?:week|month)|maandag|dinsdag"
    r"|woensdag|donderdag|vrijdag|zaterdag|zondag|gisteren|vorige (?:week|maand))\b",
    re.IGNORECASE,
)
_NOTHING = Touch()


class Candidate(msgspec.Struct):
    """A sentence that touches the matter of a promise, with its signs."""

    said: Said
    at: int
    signs: dict[str, float]

    @property
    def unmet(self) -> bool:
        """Does it say that something is not there yet, or only some of it?"""
        some = self.signs["in_part"] > 0 and self.signs["part"] > 0 and self.signs["own"] >= _SOME
        return _unmet(self.said) or some


def candidates(chronicle: Chronicle, standing: list[Commitment], reading: Reading) -> list[list[Candidate]]:
    """For every standing commitment the sentences of a note that may speak of it."""
    rivals: dict[int, list[float]] = {}
    said = chronicle.said(reading.note.path)
    for commitment in standing:
        for at, touch in chronicle.touches(commitment, reading.note.path).items():
            if not are_others(said[at].line.who, commitment.who):
                rivals.setdefault(at, []).append(touch.total)
    for values in rivals.values():
        values.sort(reverse=True)
    return [list(_candidates(chronicle, commitment, reading, rivals)) for commitment in standing]


def _candidates(
    chronicle: Chronicle, commitment: Commitment, reading: Reading, rivals: dict[int, list[float]]
) -> Iterator[Candidate]:
    said = chronicle.said(reading.note.path)
    touched = chronicle.touches(commitment, reading.note.path)
    best = max((touch.total for touch in touched.values()), default=0.0)
    near = {at for at, touch in touched.items() if touch.total >= _TOUCHES}
    strong = [at for at in near if touched[at].own >= 2 * _TOUCHES]
    near.update(after for at in strong for after in (at + 1, at + 2) if after < len(said))
    later = _unmet_later(chronicle, commitment, reading.note.path)
    for at in sorted(near):
        touch = touched.get(at, _NOTHING)
        ranked = rivals.get(at, [0.0])
        rival = ranked[0] if ranked[0] > touch.total else ranked[1] if len(ranked) > 1 else 0.0
        signs = {
            "one": 1.0,
            "own": touch.own,
            "context": touch.context,
            "unmet_later": later,
            "before": touched.get(at - 1, _NOTHING).own,
            "after": touched.get(at + 1, _NOTHING).own,
            "rival": min(1.0, max(rival - touch.total, 0.0)),
            "best_here": float(touch.total >= best - 1e-9),
        }
        signs["unmet_elsewhere"] = max(
            (min(t.own, 1.5) for n, t in touched.items() if n != at and t.own >= 0.5 and _unmet(said[n])), default=0.0
        )
        signs |= _words_shared(chronicle, commitment, said[at], touch)
        signs |= way_of_telling(said, at, touch.own)
        lead = max(touched.get(at - 1, _NOTHING).own, 0.7 * touched.get(at - 2, _NOTHING).own)
        signs["lead"] = max(lead - touch.own, 0.0)
        for kind in ("done", "dropped", "point", "unmet"):
            signs["lead_" + kind] = min(signs[kind], 1.0) * signs["lead"]
        signs["report"] = signs["topic"] * signs["colon"] * float(not _unmet(said[at]) and not signs["in_part"])
        signs |= _actors(said[at], commitment)
        if touch.own >= 0.5:
            signs |= _numbers(said[at], commitment)
        signs |= _place(chronicle, commitment, reading, at)
        yield Candidate(said[at], at, signs)


def _unmet(said: Said) -> bool:
    return "unmet" in said.cues and "dropped" not in said.cues


def _unmet_later(chronicle: Chronicle, commitment: Commitment, path: str) -> float:
    """How surely a note after this one still speaks of the promise as not met."""
    best = 0.0
    for later in chronicle.paths[chronicle.position(path) + 1 :]:
        said = chronicle.said(later)
        for at, touch in chronicle.touches(commitment, later).items():
            if touch.own > max(best, 0.5) and _unmet(said[at]):
                best = touch.own
    return min(best, 1.5)


def _words_shared(chronicle: Chronicle, commitment: Commitment, said: Said, touch: Touch) -> dict[str, float]:
    matter, weights = chronicle.matter(commitment), chronicle.weights
    telling = [key for key in touch.shared if key[0] != "#"]
    heading = said.line.section[-1] if said.line.section else ""
    keys = weights.keys(tokens(heading)) if heading else ()
    names = [key for key in matter.names & said.keys if weights.of(key) >= 0.5]
    return {
        "share": touch.own / matter.whole,
        "rarest": max((weights.of(key) for key in touch.shared), default=0.0),
        "several": float(len(telling) >= 2),
        "seldom": float(any(weights.count(key) <= 2 for key in telling)),
        "only_here": float(sum(weights.notes(key) == 2 for key in telling)),
        "numbers": float(len(telling) < len(touch.shared)),
        "closeness": sum(weights.of(k) for k in touch.shared) / (sum(weights.of(k) for k in said.keys) or 1.0),
        "heading": sum(matter.own.get(key, 0.0) for key in keys),
        "topic": max((matter.own.get(key, 0.0) for key in weights.keys(said.spoken[:4])), default=0.0),
        "colon": float(":" in said.line.text[:40]),
        "names": float(bool(names) and _CAPITAL.search(said.line.text) is not None),
    }


def way_of_telling(said: list[Said], at: int, own: float) -> dict[str, float]:
    """Does a sentence tell of something done, let go, not yet there or there in part?"""
    here = said[at]
    spoken, found = here.spoken, here.cues
    signs = {kind: float(min(found.get(kind, 0), 2)) for kind in cues.KINDS}
    signs["in_part"] = float(cues.in_part(spoken))
    if "unmet" in found or ("negation" in found and "dropped" not in found):
        signs["done"] = 0.0
    signs["asks"] = float(here.line.text.rstrip().endswith("?"))
    signs["perfect"], signs["past"] = float(cues.perfect(spoken)), float(cues.past(spoken))
    signs["point"] = float(cues.pointing(spoken))
    signs["dated"] = float(_DATED.search(here.line.text) is not None)
    following = [said[n].cues for n in (at + 1, at + 2) if n < len(said)]
    preceding = said[at - 1].cues if at else {}
    for kind in ("done", "dropped", "unmet", "part"):
        after = max((worth for worth, some in zip((1.0, 0.5), following, strict=False) if kind in some), default=0.0)
        signs["near_" + kind] = after + 0.5 * float(kind in preceding)
    own = min(own, 1.5)
    for kind in ("done", "dropped", "unmet", "part", "still"):
        signs[kind + "_own"] = min(signs[kind], 1.0) * own
    signs["plain_own"] = own * float(not found.keys() & {"unmet", "part", "still", "future"} and not signs["asks"])
    signs["past_own"] = max(signs["perfect"], signs["past"]) * own
    signs["short"], signs["terse"] = float(len(spoken) < 5), float(len(spoken) < 12)
    return signs


def _numbers(said: Said, commitment: Commitment) -> dict[str, float]:
    """Fewer than were promised, as many, or more?"""
    promised = _counted(tokens(commitment.text), dated=commitment.due is not None)
    told = _counted(said.spoken, dated=_DATED.search(said.line.text) is not None)
    if not promised or not told:
        return {}
    most = max(promised)
    return {
        "fewer": float(any(n < most for n in told)),
        "of_all": float(most in told and any(n < most for n in told)),
        "as_many": float(most in told),
        "more": float(any(n > most for n in told)),
    }


def _counted(spoken: list[str], dated: bool) -> set[int]:
    """The numbers that count something; figures may be part of a date."""
    numbers = vocabulary().numbers
    figures = set() if dated else {int(word) for word in spoken if word.isdigit() and len(word) <= 3}
    return figures | {numbers[word] for word in spoken if word in numbers}


def _actors(said: Said, commitment: Commitment) -> dict[str, float]:
    """Does the sentence speak of the one who promised, or of the other?"""
    speaker, owner = said.line.speaker, commitment.owner
    if speaker not in ("mentor", "mentee") or owner not in ("mentor", "mentee"):
        return {}
    mine, theirs = cues.first_person(said.spoken), cues.other_person(said.spoken)
    return {
        "same_actor": float(mine if speaker == owner else theirs),
        "other_actor": float(theirs if speaker == owner else mine),
    }


def _place(chronicle: Chronicle, commitment: Commitment, reading: Reading, at: int) -> dict[str, float]:
    note, said = reading.note, chronicle.said(reading.note.path)
    line = said[at].line
    section = tokens(line.section[-1]) if line.section else []
    gap = chronicle.position(note.path) - chronicle.position(commitment.sources[0].path)
    again = any(p.source.line == line.line and p.form != "free" and not p.ticked for p in reading.promises)
    return {
        "early": 1.0 - at / max(len(said), 1),
        "looks_back": float("look_back" in cues.found_in(section)) if section else 0.0,
        "cancelled": float(note.status == "cancelled"),
        "first_after": float(gap == 1),
        "age": min(gap, 6) / 6,
        "overdue": float(commitment.due is not None and commitment.due <= note.date),
        "promise": float(again),
        "box": float(line.box is False),
    }
