"""The command line: every command parses what is given, calls one action or library, and answers."""

from mcc.cli.running import main

__all__ = ["main"]
