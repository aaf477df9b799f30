"""Sandbox: a marketplace of our own that speaks Freelancer.com's REST API on loopback."""
