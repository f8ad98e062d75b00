"""What the benchmarks share: figures, an installation of their own, a crowd of findings."""
