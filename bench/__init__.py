"""Benchmarks: ratios inside one run, medians of five, since machines differ and are noisy."""
