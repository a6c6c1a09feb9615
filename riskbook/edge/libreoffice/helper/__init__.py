"""What runs inside LibreOffice's own Python; the rest of riskbook only sends these files there.

::

    riskbook_helper.py      the script that LibreOffice starts: connects, listens, answers
    riskbook_office/        codec: values to JSON and back; blocks: many cells in one go

Nothing here is imported by riskbook, and nothing here imports riskbook.
"""
