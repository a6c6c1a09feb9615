"""What comes from disk and goes there: looked at, opened, saved, printed to PDF."""
