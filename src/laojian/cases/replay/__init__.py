"""A case told as data is carried through the procedure by its own steps and its timeline printed; nothing else is written."""
