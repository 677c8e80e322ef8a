"""A summary on the screen and in files: its own Markdown, as HTML, as JSON."""

from __future__ import annotations

import msgspec

from assistant import resources
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


def written(summary: Summary, ending: str) -> str:
    """The summary as a file of this ending."""
    if ending == ".json":
        return msgspec.json.encode(summary).decode("utf-8") + "\n"
    return html(summary) if ending == ".html" else summary.text


def html(summary: Summary) -> str:
    """One page that prints well; no script, nothing loaded from anywhere, and no tag that stands in the text."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment
    from markdown_it import MarkdownIt

    body = MarkdownIt("commonmark", {"html": False}).disable(["link", "image", "autolink"]).render(summary.text)
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    template = (resources.prompts() / "summary.html").read_text(encoding="utf-8")
    title = summary.text.split("\n", 1)[0].removeprefix("# ")
    return environment.from_string(template).render(language=summary.language, title=title, body=body)
