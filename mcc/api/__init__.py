"""The JSON API, mounted at /api/v1: parse, call one action, answer."""
