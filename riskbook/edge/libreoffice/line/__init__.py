"""The process that LibreOffice is, and the line to it."""
