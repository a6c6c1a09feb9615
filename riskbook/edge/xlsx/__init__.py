"""The inside of a workbook file: zip parts, structure, cells, and splicing what changes."""
