"""The pages of the desk, by subject. A view reads, hands to a template, or gives a step what it asks; no rule lives here."""
