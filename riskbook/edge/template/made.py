"""The day that every built workbook says it was made on."""

from datetime import datetime

MADE = datetime(2021, 4, 1)  # a fixed date: the same profile gives the same bytes
