"""The public gate at /refer/: who may refer and how, asked before any detail of a patient."""
