"""Who may read what. The only room in which text becomes text for an audience."""
