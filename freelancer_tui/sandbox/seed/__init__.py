"""Seed: the world a sandbox starts with, made from a number."""

from freelancer_tui.sandbox.seed.worlds import world

__all__ = ["world"]
