"""How log lines are written."""

import copy
import logging


class OneLine(logging.Formatter):
    """Leaves the traceback out: for what strangers send, where the line says it all and there is nothing to mend."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as a single line."""
        lean = copy.copy(record)
        lean.exc_info = lean.exc_text = lean.stack_info = None
        return " ".join(super().format(lean).split())
