"""Mistakes in notebook 04, backpropagation: dense layers, and convolutions as layers with shared weights."""
