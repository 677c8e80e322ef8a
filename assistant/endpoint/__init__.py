"""Services that speak OpenAI's language: what is asked, in which form, and what went wrong. The only importer of openai."""
