"""Which texts a spreadsheet would calculate, were they typed into it.

Source: OWASP, CSV Injection.  The full-width forms are read as the plain ones; what nobody
sees may stand before them; and a text that begins with an apostrophe comes alive when it is
copied once more, because a spreadsheet takes the first apostrophe away.
"""

import re
from typing import Any

LIVE = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
UNSEEN = f"{CONTROLS} \xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff"
APOSTROPHES = "'\uff07"

_LIVE = re.compile(f"[{UNSEEN}{APOSTROPHES}]*[{LIVE}]")


def live(text: str) -> bool:
    """Whether a spreadsheet could take a text for a formula, now or once it is copied."""
    return _LIVE.match(text) is not None


def harmless(value: Any) -> Any:
    """A text that no spreadsheet calculates: an apostrophe before it; numbers as they are."""
    return "'" + value if isinstance(value, str) and live(value) else value
