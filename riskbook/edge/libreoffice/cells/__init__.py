"""Ranges: where they lie, what they hold, how they look, what is done with them."""
