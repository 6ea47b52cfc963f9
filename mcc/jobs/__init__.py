"""Durable work outside requests: the only place that knows the job engine (DBOS) and the signing key."""
