"""Mistakes in notebook 05, max pooling: pools of any units, and pools that are windows of an image."""
