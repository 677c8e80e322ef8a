"""The programme: a folder of plain files, what they say, and where everything in it lies."""
