"""Notes read by the model that prep.toml names: what it is asked, what of its answer can stand, and how both join."""
