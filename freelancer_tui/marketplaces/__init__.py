"""Marketplaces: one adapter for each, and the HTTP client they share."""
