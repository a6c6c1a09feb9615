"""Behaviour of the whole: workbooks, refreshes, round trips, the command line, odd files."""
