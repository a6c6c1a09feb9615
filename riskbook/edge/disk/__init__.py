"""Files on disk: who holds one, and replacing one whole or not at all."""
