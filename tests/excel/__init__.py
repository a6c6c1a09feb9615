"""The live door without a spreadsheet program: blocks, presses, reaching."""
