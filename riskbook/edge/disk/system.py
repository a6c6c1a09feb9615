"""The one switch: what differs between Windows and all other systems, under one name.

``system.replace(...)`` is :func:`riskbook.edge.disk.windows.replace` on Windows and
:func:`riskbook.edge.disk.posix.replace` elsewhere; both modules have the same functions.
"""

import sys

if sys.platform == "win32":
    from riskbook.edge.disk import windows as system
else:
    from riskbook.edge.disk import posix as system

__all__ = ["system"]
