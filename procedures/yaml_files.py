"""How YAML files are read: safely, and with the fast parser where PyYAML was built with it."""

import yaml

SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Builds plain values only, never objects."""
