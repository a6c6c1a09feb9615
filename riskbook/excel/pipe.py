"""Called by LibreOffice's toolbar: port and token go through a pipe that nobody else reads.

::

    toolbar starts riskbook -> riskbook writes {"port", "token"} -> toolbar connects back
"""

import json
import sys
from typing import Any

from riskbook.edge import libreoffice
from riskbook.edge.libreoffice.line.wire import Wire
from riskbook.errors import SavingError
from riskbook.excel.reach import same_file


def called_by_toolbar(name: str) -> Any:
    """The workbook whose toolbar was pressed.

    Raises:
        OfficeError: LibreOffice does not connect.
        SavingError: it has no such workbook open any more.
    """
    import xlwings

    wire = Wire()
    sys.stdout.write(json.dumps({"port": wire.port, "token": wire.token}) + "\n")
    sys.stdout.flush()
    wire.accept(15)
    app = xlwings.App(impl=libreoffice.connected(wire))
    for book in app.books:
        if same_file(book.fullname, name):
            return book
    raise SavingError(f"{name} is not open any more.", fix="open it and press the button again.")
