"""Finding passages: chunks, a lexical arm (SQLite FTS5), a vector arm (Chroma) where there are vectors, and their sum."""
