"""A summary on the screen and in files: its own Markdown, as HTML, as JSON. A handover goes the same way."""

from __future__ import annotations

import re
from collections.abc import Callable

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
    return text_page(summary.text, summary.language, _linked if summary.sources else None)


def text_page(text: str, language: str, dress: Callable[[str], str] | None = None) -> str:
    """Markdown of prep's own as one page; `dress` is what is done to its HTML yet."""
    from markdown_it import MarkdownIt

    from assistant.render.html import page

    body = MarkdownIt("commonmark", {"html": False}).disable(["link", "image", "autolink"]).render(text)
    title = text.split("\n", 1)[0].removeprefix("# ")
    return page("summary.html", language=language, title=title, body=dress(body) if dress else body)


def _linked(body: str) -> str:
    """What cites a source points to it, and the last section, which lists them, is set as footnotes are."""
    text, heading, listed = body.rpartition("<h2>")
    text = re.sub(rf" ?\[({_KEY}(?:, {_KEY})*)\]", lambda match: f" <sup>{_links(match[1])}</sup>", text)
    listed = re.sub(rf"<li>\[({_KEY})\]", r'<li id="\1"><strong>\1</strong>', listed)
    return f'{text}<section class="from">\n{heading}{listed}</section>\n'


def _links(keys: str) -> str:
    return ", ".join(f'<a href="#{key}">{key}</a>' for key in keys.split(", "))
