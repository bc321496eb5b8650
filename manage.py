#!/usr/bin/env python
"""Django's command line for ir-info."""

import os
import sys


def main() -> None:
    """Run the command that was asked for."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ir_info.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit(
            "Django is not installed here. Run `make run`, or activate the virtual environment in .venv first."
        )
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
