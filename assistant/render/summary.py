"""A summary on the screen and in files: its own Markdown, as HTML, as JSON."""

from __future__ import annotations

import msgspec

from assistant.drafts import Summary


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
    return page("summary.html", language=summary.language, title=title, body=body)
