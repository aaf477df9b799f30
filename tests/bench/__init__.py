"""Benchmarks: values and floors measured in the same run and printed as ratios; never a test."""
