"""Careless edits on built workbooks: what hands and other programs do to a cell or a sheet.

``edits`` changes the XML of a workbook as an office program would leave it; ``cases`` is the
table: each edit with the findings that it must raise, at which cell, written by hand.
"""
