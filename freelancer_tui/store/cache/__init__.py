"""The cache file: what the marketplace said. It can be rebuilt at any time."""
