"""Freelancer.com: its REST API v0.1, spoken from its wire shapes to our values and back."""
