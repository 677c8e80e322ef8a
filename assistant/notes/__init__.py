"""From Markdown as people write it to passages with a level, and what stands in them."""
