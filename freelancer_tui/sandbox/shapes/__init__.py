"""Shapes: rows of the market as the wire shows them."""
