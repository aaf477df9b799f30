"""Disputes: a case as plain text, as JSON with documented keys, and as paper."""
