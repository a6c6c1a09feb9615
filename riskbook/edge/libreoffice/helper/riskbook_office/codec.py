"""UNO values as JSON and back.

::

    None, truth, number, text       as they are
    sequence                        [ ... ]                       a tuple in Python
    enumeration                     {"e": [type, name]}
    structure                       {"s": [type, {field: value}]}
    object                          {"o": number}                 kept until it is released
    typed value                     {"a": [type, value]}          for properties that insist
    bytes                           {"b": base64}
"""

import base64

import uno

SHEET = "com.sun.star.sheet.Spreadsheet"
MARSHAL = 4  # the version of the format that every Python since 3.4 reads


class Bulk:
    """An answer that goes as bytes and not as JSON: the values of a block."""

    def __init__(self, value):
        self.value = value


class Codec:
    """Knows the objects that the other side holds."""

    def __init__(self, context):
        self.objects = {}
        self.next = 1
        self.fields = {}  # of each structure, by its type
        self.reflection = context.ServiceManager.createInstanceWithContext(
            "com.sun.star.reflection.CoreReflection", context
        )

    def keep(self, thing):
        """A number for an object."""
        number, self.next = self.next, self.next + 1
        self.objects[number] = thing
        return number

    def sheets(self, document):
        """The kept sheets of a workbook: their numbers here, and their places in it."""
        found = []
        for number, thing in self.objects.items():
            if hasattr(thing, "supportsService") and thing.supportsService(SHEET):
                place = thing.RangeAddress.Sheet
                # two objects of one sheet are never equal, but their drawing page is
                if place < document.Sheets.Count:
                    other = document.Sheets.getByIndex(place)
                    if other.DrawPage == thing.DrawPage:
                        found.append((number, place))
        return found

    def encode(self, value):
        """A UNO value as JSON."""
        if value is None or isinstance(value, (bool, int, float, str)):
            return value
        if isinstance(value, (tuple, list)):
            return [self.encode(item) for item in value]
        if isinstance(value, uno.Enum):
            return {"e": [value.typeName, value.value]}
        if isinstance(value, uno.ByteSequence):
            return {"b": base64.b64encode(value.value).decode()}
        if isinstance(value, uno.Type):
            return value.typeName
        if hasattr(type(value), "__pyunostruct__"):
            kind = type(value).__pyunostruct__
            return {"s": [kind, {f: self.encode(getattr(value, f)) for f in self.of(kind)}]}
        return {"o": self.keep(value)}

    def of(self, kind):
        """The names of a structure's fields, those it inherits too."""
        if kind not in self.fields:
            described = self.reflection.forName(kind)
            self.fields[kind] = tuple(field.getName() for field in described.getFields())
        return self.fields[kind]

    def decode(self, value):
        """JSON as a UNO value."""
        if isinstance(value, list):
            return tuple(self.decode(item) for item in value)
        if not isinstance(value, dict):
            return value
        ((mark, held),) = value.items()
        if mark == "o":
            return self.objects[held]
        if mark == "e":
            return uno.Enum(*held)
        if mark == "a":
            return uno.Any(held[0], self.decode(held[1]))
        if mark == "b":
            return uno.ByteSequence(base64.b64decode(held))
        kind, fields = held
        struct = uno.createUnoStruct(kind)
        for name, item in fields.items():
            setattr(struct, name, self.decode(item))
        return struct
