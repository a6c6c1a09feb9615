"""Finished files that people read: reports, checklists, the leak check."""
