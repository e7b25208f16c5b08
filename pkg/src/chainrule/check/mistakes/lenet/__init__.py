"""Mistakes in notebook 07, LeNet: a whole network and its training."""
