"""Workbooks and their sheets: opened, saved, named, printed."""
