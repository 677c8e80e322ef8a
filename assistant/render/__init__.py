"""Drafts and lists as people and programs read them."""
