"""Screens: one for each kind of work."""
