"""Tests with a real LibreOffice: the engine, the live door, the buttons."""
