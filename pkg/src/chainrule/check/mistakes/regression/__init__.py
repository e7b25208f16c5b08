"""Mistakes in notebook 01, regression: the logistic function, networks with one hidden layer, their losses."""
