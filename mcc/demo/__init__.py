"""The demonstration: fictitious collectives whose files are driven through the same actions as the web uses."""
