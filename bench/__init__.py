"""测速: each job beside its limit and its peer, in one run, on the same data."""
