"""UNO's own kinds of values, as they stand on this side: structures, enumerations, types."""

from typing import Any


class Enum:
    """A name of a UNO enumeration."""

    __slots__ = ("kind", "name")

    def __init__(self, kind: str, name: str) -> None:
        self.kind, self.name = kind, name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Enum) and (self.kind, self.name) == (other.kind, other.name)

    def __hash__(self) -> int:
        return hash((self.kind, self.name))

    def __repr__(self) -> str:
        return f"{self.kind}.{self.name}"


class Struct:
    """A UNO structure: a type and its fields by name."""

    __slots__ = ("fields", "kind")

    def __init__(self, kind: str, fields: dict[str, Any]) -> None:
        self.kind, self.fields = kind, fields

    def __getitem__(self, name: str) -> Any:
        return self.fields[name]

    def changed(self, **fields: Any) -> "Struct":
        """The same with some fields anew."""
        return Struct(self.kind, self.fields | fields)

    def __repr__(self) -> str:
        return f"{self.kind}{self.fields}"


class Typed:
    """A value with its UNO type, for properties that insist on one."""

    __slots__ = ("kind", "value")

    def __init__(self, kind: str, value: Any) -> None:
        self.kind, self.value = kind, value


def properties(**values: Any) -> tuple[Struct, ...]:
    """Named values as LibreOffice takes arguments: ``com.sun.star.beans.PropertyValue``."""
    return tuple(prop(name, value) for name, value in values.items())


def prop(name: str, value: Any) -> Struct:
    """One named value."""
    return Struct("com.sun.star.beans.PropertyValue", {"Name": name, "Value": value})
