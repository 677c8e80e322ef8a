"""A summary on the screen and in files: its own Markdown, as HTML, as JSON."""

from __future__ import annotations

import re

import msgspec

from assistant.drafts import Summary

_KEY = r"[a-z]\d+"


def shown(summary: Summary) -> str:
    """What is printed: the text, or the proposals with their sources where there are some."""
    if summary.proposals is msgspec.UNSET:
        return summary.text
    lines = []
    for proposal in summary.proposals:
        source = summary.sources[proposal.sources[0]]
        quote = " ".join(source.quote.split())
        lines += [f"{proposal.id}  {proposal.text}", f"    {source.path.rsplit('/', 1)[-1]}:{source.line}  {quote}", ""]
    return "\n".join(lines)


def html(summary: Summary) -> str:
    """One page that prints well, with no tag that stands in the text."""
    from markdown_it import MarkdownIt

    from assistant.render.html import page

    body = MarkdownIt("commonmark", {"html": False}).disable(["link", "image", "autolink"]).render(summary.text)
    title = summary.text.split("\n", 1)[0].removeprefix("# ")
    return page("summary.html", language=summary.language, title=title, body=_linked(body) if summary.sources else body)


def _linked(body: str) -> str:
    """What cites a source points to it, and the last section, which lists them, is set as footnotes are."""
    text, heading, listed = body.rpartition("<h2>")
    text = re.sub(rf" ?\[({_KEY}(?:, {_KEY})*)\]", lambda match: f" <sup>{_links(match[1])}</sup>", text)
    listed = re.sub(rf"<li>\[({_KEY})\]", r'<li id="\1"><strong>\1</strong>', listed)
    return f'{text}<section class="from">\n{heading}{listed}</section>\n'


def _links(keys: str) -> str:
    return ", ".join(f'<a href="#{key}">{key}</a>' for key in keys.split(", "))
