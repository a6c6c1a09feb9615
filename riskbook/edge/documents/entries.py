"""Whether an understood entry is allowed: a JSON Schema says so, and nothing else does."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from riskbook.edge.documents.schema import compiled

if TYPE_CHECKING:
    from jsonschema.protocols import Validator


class Judge:
    """Says which keywords of a schema an entry violates.

    A column has few distinct values, so each schema is compiled once and each of its
    values judged once; a register of 10,000 rows costs little more than its lists.
    """

    def __init__(self) -> None:
        self._validators: dict[str, Validator] = {}
        self._judged: dict[tuple[str, type, object], tuple[str, ...]] = {}

    def __call__(self, schema: Mapping[str, Any], value: object) -> tuple[str, ...]:
        """The names of the violated keywords, e.g. ``("maximum",)``; empty when allowed.

        Args:
            schema: as :meth:`riskbook.core.profile.Profile.schema` returns it.
            value: text, a whole number or a ``Decimal``; 2.0 is a whole number.
        """
        rule = json.dumps(schema, sort_keys=True)
        key = (rule, type(value), value)
        if key not in self._judged:
            self._judged[key] = self._judge(rule, value)
        return self._judged[key]

    def _judge(self, rule: str, value: Any) -> tuple[str, ...]:
        if rule not in self._validators:
            # numbers of the schema as Decimal, so that 0.1 is the 0.1 of the entry
            self._validators[rule] = compiled(json.loads(rule, parse_float=Decimal))
        errors = self._validators[rule].iter_errors(value)
        return tuple(dict.fromkeys(str(error.validator) for error in errors))
