"""Mistakes in notebook 06, convolution as in TensorFlow: layouts, padding, the operations themselves."""
