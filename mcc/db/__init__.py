"""The database: tables, queries, migrations, and the one place that commits."""
