"""File names that every system takes: Windows forbids more than others do."""

import re
import unicodedata
from hashlib import sha256

from riskbook.core.values import clean

# Source: Microsoft, Naming Files, Paths, and Namespaces (reserved characters and names).
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])", re.IGNORECASE)
LONGEST = 60  # characters of a part: folders of councils are deep, and a path has 260
ROOM = 100  # bytes of a name that still has room for a word of ours before or after it


def safe(text: str) -> str:
    """A text as a part of a file's name: ``2021/22 Q2`` is ``2021-22 Q2``."""
    seen = "".join(each if each.isprintable() else "-" for each in clean(text))
    found = _FORBIDDEN.sub("-", seen)[:LONGEST].strip(" .")
    return f"{found}-" if is_reserved(found) else found or "unnamed"


def is_reserved(name: str) -> bool:
    """Whether Windows would not write a file of this name, or another one."""
    device = name.partition(".")[0].rstrip(" ")
    return bool(_DEVICES.fullmatch(device) or _FORBIDDEN.search(name) or name != name.rstrip(" ."))


def with_period(stem: str, period: str, instead_of: str = "") -> str:
    """A workbook's name with a period at its end, once: ``Register 2021-22 Q2``."""
    base = stem
    for told in (instead_of, period):
        if clean(told):
            base = base.removesuffix(safe(told))
    return f"{base.rstrip(' -_')} {safe(period)}".lstrip()


def shown(name: str) -> str:
    """A name as a sentence can hold it: on one line, in letters that can be printed."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in name)


def key(name: str) -> str:
    """A short word that stands for a name, the same on every computer.

    A Mac may spell an accented letter as two characters, where others have one.
    """
    spelt = unicodedata.normalize("NFC", name)
    return sha256(spelt.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def shortened(name: str) -> str:
    """A name that has room for a word of ours: its beginning and its key, where it is long.

    File systems count bytes, 255 of them or fewer.
    """
    data = name.encode("utf-8", "surrogatepass")
    if len(data) <= ROOM:
        return name
    return data[: ROOM - 13].decode("utf-8", "ignore").rstrip(" .") + "~" + key(name)
