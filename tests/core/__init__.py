"""Core: what a register means, without a file, a clock or a third party."""
