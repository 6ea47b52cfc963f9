"""What people do: one verb per function, each inside one unit of work, each leaving its event in the journal."""
