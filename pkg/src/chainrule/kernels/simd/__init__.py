"""Vectors, register tiles and threads: what the compiled kernels are written with."""
