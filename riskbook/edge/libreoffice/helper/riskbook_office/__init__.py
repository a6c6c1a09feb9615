"""The modules of the helper."""
