"""The checklist of an accessible workbook, judged on the finished file.

Source: Government Analysis Function, Making spreadsheets accessible: a brief checklist of
the basics, whose sections and numbers the lines bear (7 July 2021 and later); lines of
riskbook's own are numbered under "riskbook".
"""

from riskbook.edge.accessible.facts import Facts
from riskbook.edge.accessible.lines import Rule
from riskbook.edge.accessible.sheets import file, footnotes, formatting, structure, tables

RULES: tuple[Rule[Facts], ...] = (
    *tables.RULES,
    *footnotes.RULES,
    *formatting.RULES,
    *structure.RULES,
    *file.RULES,
)
NAME = file.NAME  # of the file, where it is known
