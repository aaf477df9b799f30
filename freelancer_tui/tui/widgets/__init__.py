"""Widgets: they are given values and post messages; they know no service."""
