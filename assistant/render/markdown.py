"""Drafts as Markdown: what is saved under drafts/ and what `--out FILE.md` writes."""

from __future__ import annotations

from assistant.phrases import begun
from assistant.render.agenda import Shown
from assistant.render.mentee import ShownPage
from assistant.render.questions import ShownQuestions


def agenda(shown: Shown) -> str:
    """The whole agenda."""
    lines = [
        f"# {shown.title}",
        "",
        f"{shown.subtitle}  ",
        f"*{shown.banner}*",
        "",
        f"## {shown.headings['promises']}",
        "",
    ]
    lines += [f"- [ ] **{_safe(p.owner)}:** {_safe(p.text)} ({p.dates}) [{p.keys}]" for p in shown.promises] or [
        shown.headings["no_promises"]
    ]
    lines += ["", f"## {shown.headings['plan']}", ""]
    for number, item in enumerate(shown.items, 1):
        lines += [f"### {number}. {_safe(item.title)} ({item.minutes})", ""]
        lines += [f"{_safe(item.why)} *{item.lead}* {f'[{item.keys}]' if item.keys else ''}".rstrip(), ""]
        if item.facets:
            lines += ["- " + " · ".join(item.facets)]
        if item.question:
            lines += [f"- **{shown.headings['question']}:** {_safe(item.question)}"]
        if item.extra:
            lines += [f"- **{shown.headings['extra']}:** {_safe(item.extra)}"]
        lines += [""]
    lines += [f"*{shown.balance}*", "", f"## {shown.headings['sources']}", ""]
    lines += [f"- [{s.key}] {s.place}{f': {_safe(s.quote)}' if s.quote else ''}" for s in shown.sources]
    return "\n".join(lines).rstrip() + "\n"


def questions(shown: ShownQuestions) -> str:
    """The whole list of questions; each stands on a labelled line, by which it is known again as offered."""
    lines = [f"# {_safe(shown.title)}", "", f"{shown.subtitle}  ", f"*{shown.banner}*", ""]
    lines += [_safe(shown.notice), ""] if shown.notice else []
    for number, idea in enumerate(shown.ideas, 1):
        lines += [f"## {number}. {begun(idea.category)} ({idea.depth})", ""]
        lines += [f"- **{shown.headings['question']}:** {_safe(idea.text)}"]
        lines += [f"- *{shown.headings['why']}:* {_safe(idea.why)}{f' [{idea.keys}]' if idea.keys else ''}"]
        lines += [f"- *{shown.headings['follow_up']}:* {_safe(follow_up)}" for follow_up in idea.follow_ups]
        lines += [""]
    if shown.sources:
        lines += [f"## {shown.headings['sources']}", ""]
        lines += [f"- [{s.key}] {s.place}: {_safe(s.quote)}" for s in shown.sources]
    return "\n".join(lines).rstrip() + "\n"


def mentee(shown: ShownPage) -> str:
    """The whole page for the mentee."""
    lines = [f"# {shown.title}", "", f"*{shown.banner}*", "", shown.opening, ""]
    for section in shown.sections:
        lines += [f"## {section.heading}", ""]
        lines += [f"- {_safe(line)}" for line in section.lines]
        lines += [""]
    lines += [shown.closing]
    return "\n".join(lines).rstrip() + "\n"


def _safe(text: str) -> str:
    """Text that Markdown and a browser show as it is: no tags, no comment signs, no mark at a line's end."""
    return text.replace("<", "&lt;").replace("%%", "% %").replace("[!", "\\[!").replace(" #", " \\#")
