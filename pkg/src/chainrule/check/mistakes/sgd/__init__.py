"""Mistakes in notebook 02, SGD: gradients of mini-batches, optimiser steps, schedules, the training loop."""
