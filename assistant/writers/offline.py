"""The offline writer: an agenda out of a Brief, without a model. Every sentence of its own stands in prompts/."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from assistant.briefing import Brief, Evidence
from assistant.drafts import Agenda, AgendaCommitment, Item, ItemKind, Session
from assistant.prompts import AgendaPhrases
from assistant.records import Commitment, Rule, Side, Source
from assistant.writers.minutes import share
from assistant.writers.questions import Chooser, clause
from assistant.writers.sources import Book

# Items that are about how the two work; a theme needs no rule of thumb.
_WITH_RULES = ("contract", "message-check", "give-back", "review")


class _Plan(Struct):
    """An item before its minutes are known. `weight` is its share; a lower `rank` is given up later."""

    kind: ItemKind
    key: str
    need: str
    lead: Side
    weight: float
    rank: int
    values: dict[str, str]
    sources: list[Source]
    evidence: str = "none"
    quote: str = ""


def agenda(brief: Brief, phrases: AgendaPhrases) -> Agenda:
    """The agenda of the next session; its minutes add up to those of the brief."""
    writer = _Writer(brief, phrases)
    plans = [*writer.opening(), *writer.themes(), *writer.closing()]
    kept = share([(p.rank, p.weight) for p in plans], brief.minutes)
    items = tuple(writer.item(plans[n], minutes) for n, minutes in kept)
    calendar = brief.calendar
    commitments = tuple(writer.commitment(c) for c in writer.open)
    return Agenda(
        brief.pair.slug,
        brief.language,
        brief.audience,
        "offline",
        Session(calendar.number, calendar.stage, brief.minutes, calendar.last_held, calendar.next_planned),
        calendar.momentum,
        commitments,
        items,
        writer.book.sources,
        brief.warnings,
    )


class _Writer:
    def __init__(self, brief: Brief, phrases: AgendaPhrases) -> None:
        self.brief, self.phrases = brief, phrases
        self.book = Book()
        self.chooser = Chooser(brief)
        self.used_rules: list[Rule] = []
        self.people = {"mentor": brief.pair.mentor.name.split()[0], "mentee": brief.pair.mentee.name.split()[0]}
        self.open = sorted(
            (c for c in brief.story.commitments if c.status == "open"),
            key=lambda c: (c.due is None, c.due or c.made, c.made),
        )
        self.threads = list(brief.story.threads)
        self.wishes = list(brief.wishes)
        if brief.wishes:  # the turn of each wish comes round
            turn = (brief.calendar.number - 1) % len(brief.wishes)
            self.wishes = [*brief.wishes[turn:], *brief.wishes[:turn]]
        self.wishes.sort(key=lambda w: w.seen is None)

    # -- what comes first --

    def opening(self) -> Iterator[_Plan]:
        yield self._contract()
        if self.brief.calendar.stage == "first":
            return
        if self.open:
            worst = self.open[0]
            sources = [c.sources[0] for c in self.open]
            yield _Plan(
                "close-the-loop",
                "loop-open",
                "close-the-loop",
                "mentor",
                1.4,
                1,
                {"tally": self._tally()},
                sources,
                "promise",
                worst.text,
            )
        elif self.brief.last_note is not None and self.brief.last_note.date:
            date = self._date(self.brief.last_note)
            yield _Plan(
                "close-the-loop",
                "loop-none",
                "close-the-loop",
                "mentor",
                0.8,
                4,
                {"date": date},
                [self.brief.last_note],
            )

    def _contract(self) -> _Plan:
        calendar, momentum = self.brief.calendar, self.brief.calendar.momentum
        last = self.phrases.date(calendar.last_held, self.brief.today) if calendar.last_held else ""
        values = {"last": last, "count": str(momentum.cancelled_in_a_row)}
        if momentum.due:
            values["due"] = self.phrases.date(momentum.due, self.brief.today)
        if self.brief.cancelled_on:
            values["cancelled"] = self.phrases.date(self.brief.cancelled_on[-1], self.brief.today)
        key = self._contract_key()
        lost = list(self.brief.cancelled)
        if momentum.state in ("slipping", "stalled"):
            return _Plan(
                "contract", key, "rhythm", "both", 1.0, 0, values, lost, "cancelled", lost[-1].quote if lost else ""
            )
        need = "closing" if key == "contract-closing" else "contract"
        return _Plan("contract", key, need, "both", 0.9, 0, values, lost)

    def _contract_key(self) -> str:
        state, lost = self.brief.calendar.momentum.state, self.brief.calendar.momentum.cancelled_in_a_row
        if state == "stalled":
            return "contract-stalled" if lost >= 2 else "contract-silent"
        if state == "slipping":
            return "contract-slipping" if lost else "contract-overdue"
        if self.brief.calendar.stage == "first":
            return "contract-first"
        return "contract-closing" if self.brief.calendar.stage == "closing" else "contract-on-track"

    # -- the middle --

    def themes(self) -> Iterator[_Plan]:
        if self.brief.calendar.stage == "first":
            yield from self._first_themes()
            return
        threads, self.threads = self.threads[:2], self.threads[2:]
        for number, thread in enumerate(threads):
            values = {"title": thread.title, "date": self._date(thread.source)}
            yield _Plan(
                "theme",
                "theme-thread",
                "thread",
                "mentor",
                2.2 - 0.4 * number,
                2 + 2 * number,
                values,
                [thread.source],
                "thread",
                thread.title,
            )
        wanted = 2 - len(threads) or 1
        for number, wish in enumerate(self.wishes[:wanted]):
            yield self._wish(
                wish, 2.0 if not threads and not number else 1.2, 7 if len(threads) == 2 else 3 + 4 * number
            )
        self.wishes = self.wishes[wanted:] or self.wishes
        yield from self._message_check()

    def _first_themes(self) -> Iterator[_Plan]:
        wish = self.wishes[0] if self.wishes else None
        scope = [w.profile for w in self.brief.wishes if w.kind == "scope"] or ([wish.profile] if wish else [])
        if wish is not None:
            yield _Plan("theme", "theme-first", "interest", "mentor", 1.2, 3, {"wish": wish.wish.text}, [wish.profile])
        yield _Plan("theme" if scope else "contract", "scope-first", "scope", "mentor", 2.0, 1, {}, scope)

    def _wish(self, wish: Evidence, weight: float, rank: int) -> _Plan:
        kind = "interest" if wish.kind == "interest" else "scope"
        if wish.seen is not None:
            values = {"wish": wish.wish.text, "date": self._date(wish.seen)}
            return _Plan(
                "theme",
                f"theme-{kind}-seen",
                "interest",
                "mentor",
                weight,
                rank,
                values,
                [wish.seen, wish.profile],
                "interest",
                wish.wish.text,
            )
        return _Plan(
            "theme",
            f"theme-{kind}-new",
            "interest",
            "mentor",
            weight,
            rank,
            {"wish": wish.wish.text},
            [wish.profile],
            "interest",
            wish.wish.text,
        )

    def _message_check(self) -> Iterator[_Plan]:
        standing = [b for b in self.brief.story.beliefs if b.status == "open"]
        if standing:
            belief = standing[-1]
            values = {
                "belief": clause(belief.belief),
                "date": self._date(belief.sources[0]),
                "reality": clause(belief.reality or ""),
            }
            key = "check-belief" if belief.reality else "check-belief-alone"
            yield _Plan(
                "message-check",
                key,
                "message-check",
                "mentor",
                1.6,
                3,
                values,
                list(belief.sources),
                "belief",
                belief.belief,
            )
            return
        if not self.wishes:
            return
        wish = self.wishes[0]
        values = {"wish": wish.wish.text}
        if wish.seen is not None:
            values["date"] = self._date(wish.seen)
            yield _Plan(
                "message-check",
                "check-passage",
                "message-check",
                "mentor",
                1.5,
                4,
                values,
                [wish.seen, wish.profile],
                "interest",
                wish.wish.text,
            )
        else:
            yield _Plan("message-check", "check-wish", "message-check", "mentor", 1.5, 4, values, [wish.profile])

    # -- what comes last --

    def closing(self) -> Iterator[_Plan]:
        learning = self.brief.learning
        if learning:
            goal = learning[(self.brief.calendar.number - 1) % len(learning)]
            values = {"learning": goal.wish.text}
            if goal.seen:
                values["date"] = self._date(goal.seen)
                sources = [goal.seen, goal.profile]
            else:
                sources = [goal.profile]
            key = "give-learning-seen" if goal.seen else "give-learning"
            yield _Plan("give-back", key, "give-back", "mentee", 0.8, 5, values, sources)
        else:
            yield _Plan("give-back", "give-plain", "give-back", "mentee", 0.7, 5, {}, [])
        if self.threads:
            thread = self.threads[0]
            values = {"title": thread.title, "date": self._date(thread.source)}
            second = self.threads[1:2]
            if second:
                values |= {"also": clause(second[0].title), "also_date": self._date(second[0].source)}
            yield _Plan(
                "small-but-important",
                "small-threads" if second else "small-thread",
                "small-but-important",
                "both",
                0.9,
                6,
                values,
                [t.source for t in self.threads[:2]],
                "thread",
                thread.title,
            )
        elif self.brief.calendar.stage != "first":
            yield _Plan("small-but-important", "small-plain", "small-but-important", "both", 0.6, 8, {}, [])
        yield self._review()

    def _review(self) -> _Plan:
        calendar = self.brief.calendar
        if calendar.stage == "closing":
            return _Plan("review", "review-closing", "closing", "both", 1.2, 1, {}, [])
        later = calendar.next_planned and calendar.next_planned > self.brief.today and calendar.last_held is None
        if later and calendar.next_planned:
            values = {"planned": self.phrases.date(calendar.next_planned, self.brief.today)}
            return _Plan("review", "review-planned", "review", "both", 1.0, 1, values, [])
        return _Plan("review", "review-open", "review", "both", 1.0, 1, {}, [])

    # -- from plan to item --

    def item(self, plan: _Plan, minutes: int) -> Item:
        asked = self.chooser.choose(plan.need, plan.evidence, plan.quote, plan.key + str(plan.rank))
        values = {**self.people, **plan.values}
        if "title" in values:
            values["title"] = clause(values["title"])
        why = self.phrases.why(plan.key, **values)
        keys = [self.book.cite(source) for source in plan.sources]
        house = self.brief.house_rules.get(plan.kind)
        if house is not None:
            keys.append(self.book.cite(house))
        elif plan.key != "contract-on-track" and (rule := self._rule(plan)) is not None:
            why = f"{why} {rule.text}"
            keys.append(self.book.cite_rule(rule))
        title = self.phrases.title(plan.key, **values)
        return Item(
            plan.kind,
            title[:1].upper() + title[1:],
            minutes,
            plan.lead,
            why,
            asked.text,
            asked.extra,
            tuple(dict.fromkeys(keys)),
        )

    def _rule(self, plan: _Plan) -> Rule | None:
        """The built-in rule for an item: one that fits the situation, another one each session."""
        calendar = self.brief.calendar
        state, stage = calendar.momentum.state, calendar.stage
        fitting = [r for r in self.brief.rules if plan.kind in r.kinds and r not in self.used_rules]
        words = (state, stage) if plan.kind == "contract" else (state, stage, "always")
        pools = [[r for r in fitting if word in r.situations] for word in words]
        pool = next((rules for rules in pools if rules), []) if plan.kind in _WITH_RULES else []
        if not pool:
            return None
        rule = pool[(calendar.number - 1) % len(pool)]
        self.used_rules.append(rule)
        return rule

    def commitment(self, commitment: Commitment) -> AgendaCommitment:
        c = commitment
        keys = tuple(self.book.cite(source) for source in c.sources)
        return AgendaCommitment(c.id, c.text, c.owner, c.made, c.due, c.status, keys)

    def _date(self, source: Source) -> str:
        return self.phrases.date(source.date, self.brief.today) if source.date else ""

    def _tally(self) -> str:
        """How many promises are open, whose, since when, and how many are overdue."""
        owners = []
        for owner in ("mentee", "mentor", "both", "unknown"):
            count = sum(c.owner == owner for c in self.open)
            if count:
                name = self.phrases.owners[owner].format(**self.people)
                each = self.phrases.tally["each" if owner in ("mentor", "mentee") else "none_of"]
                label = each.format(count=count, owner=name) if owner != "both" else f"{count} {name}"
                owners.append(label if owner != "unknown" else f"{count} {label}")
        oldest = self.phrases.date(min(c.made for c in self.open), self.brief.today)
        one = len(self.open) == 1
        text = self.phrases.tally["one" if one else "many"].format(
            count=len(self.open),
            owners=", ".join(owners).removeprefix("1 ") if one else ", ".join(owners),
            oldest=oldest,
        )
        late = sum(c.due is not None and c.due < self.brief.today for c in self.open)
        if late and not one:
            text += " " + self.phrases.tally["overdue_one" if late == 1 else "overdue_many"].format(count=late)
        return text
