"""Sync: the engine that brings facts in and carries intents out."""
