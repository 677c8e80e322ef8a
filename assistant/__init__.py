"""prep: an assistant for the mentor in a reverse-mentoring pair."""

__version__ = "0.1.0"
