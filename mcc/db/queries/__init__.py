"""Questions to the database, a file for each feature."""
