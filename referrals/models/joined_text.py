"""Many short texts of one table in one value, so that a query asked anyway can bring them along."""

from __future__ import annotations

from typing import Any

from django.db.models import Aggregate, TextField, Value

BETWEEN = " "


class JoinedText(Aggregate):
    """Words of many rows, in no order, with a space between: for words that hold none."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def __init__(self, words: Any, **more: Any) -> None:
        super().__init__(words, Value(BETWEEN, output_field=TextField()), **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """PostgreSQL has another name for it."""
        return self.as_sql(compiler, connection, function="STRING_AGG", **more)
