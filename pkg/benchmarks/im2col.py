"""Convolution the way courses teach it: unfold the windows into a matrix, multiply, fold back."""

import numpy as np
from chainrule.shapes import Axis
from numpy.lib.stride_tricks import sliding_window_view

__all__ = ["conv", "conv_grad_filter", "conv_grad_input", "im2col"]


def _spread(axis: Axis) -> int:
    return (axis.window - 1) * axis.dilation + 1


def im2col(x: np.ndarray, rows: Axis, columns: Axis) -> np.ndarray:
    """(M·P·Q, R·S·C)."""
    padded = np.pad(x, ((0, 0), (rows.before, rows.after), (columns.before, columns.after), (0, 0)))
    windows = sliding_window_view(padded, (_spread(rows), _spread(columns)), axis=(1, 2))
    windows = windows[:, :: rows.stride, :: columns.stride, :, :: rows.dilation, :: columns.dilation]
    return windows.transpose(0, 1, 2, 4, 5, 3).reshape(-1, rows.window * columns.window * x.shape[3])


def conv(x: np.ndarray, w: np.ndarray, rows: Axis, columns: Axis) -> np.ndarray:
    """(M, P, Q, K)."""
    K = w.shape[3]
    return (im2col(x, rows, columns) @ w.reshape(-1, K)).reshape(len(x), rows.output, columns.output, K)


def conv_grad_filter(x: np.ndarray, delta: np.ndarray, rows: Axis, columns: Axis) -> np.ndarray:
    """(R, S, C, K)."""
    K = delta.shape[3]
    return (im2col(x, rows, columns).T @ delta.reshape(-1, K)).reshape(rows.window, columns.window, x.shape[3], K)


def conv_grad_input(delta: np.ndarray, w: np.ndarray, rows: Axis, columns: Axis) -> np.ndarray:
    """(M, H, W, C)."""
    R, S, C, K = w.shape
    M, P, Q, _ = delta.shape
    parts = (delta.reshape(-1, K) @ w.reshape(-1, K).T).reshape(M, P, Q, R, S, C)
    H, W = rows.size + rows.before + rows.after, columns.size + columns.before + columns.after
    padded = np.zeros((M, H, W, C), delta.dtype)
    for r in range(R):
        for s in range(S):
            top, left = r * rows.dilation, s * columns.dilation
            bottom, right = top + (P - 1) * rows.stride + 1, left + (Q - 1) * columns.stride + 1
            padded[:, top : bottom : rows.stride, left : right : columns.stride] += parts[:, :, :, r, s]
    return padded[:, rows.before : rows.before + rows.size, columns.before : columns.before + columns.size]
