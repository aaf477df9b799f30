"""Seed: the world a sandbox starts with, made from a number."""

from freelancer_tui.sandbox.seed.history import history
from freelancer_tui.sandbox.seed.worlds import world

__all__ = ["history", "world"]
