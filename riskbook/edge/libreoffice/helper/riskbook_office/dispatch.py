"""Answers requests, one JSON line each.

::

    {"op": "call", "args": [...], "free": [numbers]}  ->  {"ok": value} or {"error": [kind, text]}

Blocks of cells follow a line as bytes, their number under "data".  Three operations are
general (get, set, call) and reach everything that LibreOffice offers; the others work on many
cells in one go.
"""

import json
import marshal
import os
import traceback

import uno
from riskbook_office import (
    blocks,
    conditions,
    editing,
    formulas,
    layouts,
    looks,
    pictures,
    validations,
    views,
)
from riskbook_office.codec import MARSHAL, Bulk, Codec

WORKBOOK = "com.sun.star.sheet.SpreadsheetDocument"


class Server:
    """One connection's side of the conversation."""

    def __init__(self, context, stay):
        self.context, self.stay = context, stay
        self.codec = Codec(context)
        self.operations = {
            "create": self.create,
            "get": self.get,
            "set": self.set,
            "call": self.call,
            "has": self.has,
            "finish": self.finish,
            "pid": os.getpid,
            "documents": self.documents,
            **{name: self.block(work) for name, work in blocks.OPERATIONS.items()},
            **{name: self.block(work) for name, work in formulas.OPERATIONS.items()},
            **{name: self.block(work) for name, work in editing.OPERATIONS.items()},
            **{name: self.block(work) for name, work in layouts.OPERATIONS.items()},
            **{name: self.block(work) for name, work in looks.OPERATIONS.items()},
            **{name: self.block(work) for name, work in validations.OPERATIONS.items()},
            **{name: self.block(work) for name, work in conditions.OPERATIONS.items()},
            **{name: self.block(work) for name, work in views.OPERATIONS.items()},
            **{name: self.block(work) for name, work in pictures.OPERATIONS.items()},
            **{name: self.renewing(work) for name, work in editing.REMOVING.items()},
        }

    def answer(self, request, data):
        """The answer to one request, as bytes; never an exception.

        Args:
            request: what the other side asked.
            data: the bytes of its block of cells, if it sent one.
        """
        try:
            for number in request.get("free", ()):
                self.codec.objects.pop(number, None)
            args = request["args"]
            if data:
                args.append(marshal.loads(data))
            found = self.operations[request["op"]](*args)
            if isinstance(found, Bulk):
                data = marshal.dumps(found.value, MARSHAL)
                return line({"ok": None, "data": len(data)}) + data
            return line({"ok": found})
        except Exception as error:  # this is a door: the other side raises it again
            kind = getattr(error, "typeName", type(error).__name__)
            text = getattr(error, "Message", "") or str(error)
            return line({"error": [kind, text, traceback.format_exc()]})

    def create(self, service, *args):
        """A service or a singleton of LibreOffice by its name."""
        manager = self.context.ServiceManager
        if args:
            given = tuple(self.codec.decode(arg) for arg in args)
            made = manager.createInstanceWithArgumentsAndContext(service, given, self.context)
        else:
            made = manager.createInstanceWithContext(service, self.context)
        if made is None:
            made = self.context.getValueByName(f"/singletons/{service}")
        return self.codec.encode(made)

    def get(self, number, names):
        """Some properties of an object."""
        thing = self.codec.objects[number]
        return [self.codec.encode(getattr(thing, name)) for name in names]

    def set(self, number, values):
        """Set some properties of an object."""
        thing = self.codec.objects[number]
        for name, value in values.items():
            value = self.codec.decode(value)
            if isinstance(value, uno.Any):
                uno.invoke(thing, "setPropertyValue", (name, value))
            else:
                setattr(thing, name, value)

    def call(self, number, method, args):
        """Call a method of an object."""
        thing = self.codec.objects[number]
        decoded = tuple(self.codec.decode(arg) for arg in args)
        if any(isinstance(arg, uno.Any) for arg in decoded):
            return self.codec.encode(uno.invoke(thing, method, decoded))
        return self.codec.encode(getattr(thing, method)(*decoded))

    def has(self, number, service):
        """Whether an object offers a service or an interface's method."""
        thing = self.codec.objects[number]
        if hasattr(thing, "supportsService") and thing.supportsService(service):
            return True
        return hasattr(thing, service)

    def finish(self):
        """Let LibreOffice close when its last window closes."""
        self.stay.done = True

    def documents(self):
        """The open workbooks, the oldest first: number, object, address, title."""
        desktop = self.context.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.Desktop", self.context
        )
        found, components = [], desktop.Components.createEnumeration()
        while components.hasMoreElements():
            each = components.nextElement()
            if hasattr(each, "supportsService") and each.supportsService(WORKBOOK):
                found.append((int(each.RuntimeUID), each))
        found.sort(key=lambda pair: pair[0])
        return [[str(n), self.codec.encode(doc), doc.URL, doc.Title] for n, doc in found]

    def block(self, work):
        """An operation on an object that the other side names first."""

        def run(number, *args):
            named = (self.codec.decode(a) if held(a) else a for a in args)
            return work(self.codec.objects[number], *named)

        return run

    def renewing(self, work):
        """An operation that takes cells of a workbook out.

        LibreOffice cuts its sheet objects off above such cells: the kept ones are fetched anew.
        """
        run = self.block(work)

        def run_and_renew(number, document, *args):
            workbook = self.codec.decode(document)
            kept = self.codec.sheets(workbook)
            answer = run(number, document, *args)
            for each, place in kept:
                self.codec.objects[each] = workbook.Sheets.getByIndex(place)
            return answer

        return run_and_renew


def held(argument):
    """Whether an argument of an operation names an object, or is a short list of them."""
    if isinstance(argument, list):
        return bool(argument) and isinstance(argument[0], dict)
    return isinstance(argument, dict)


def line(told):
    """One line of JSON."""
    return json.dumps(told, separators=(",", ":")).encode() + b"\n"
