"""Documents as offices make them (Word, PDF, mail, captions), into the Markdown of a note."""
