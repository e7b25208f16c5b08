"""Mistakes in notebook 03, convolution: filters on one channel, convolutions of many, im2col."""
