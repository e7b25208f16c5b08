"""PyTorch differentiates our operations twice, numerically (gradgradcheck), and computes the same by itself.

Convolution, its input gradient and its filter gradient are linear in each argument, and each is the gradient of the
others: wrapped as functions of autograd they refer to each other, so second derivatives of all three are checked.
"""

import numpy as np
import pytest
import torch
from chainrule import ops
from geometries import TABLE, assert_close
from naive import sides

SHARED = {name: g for name, g in TABLE.items() if 0 < g.M * g.C * g.K * g.H * g.W <= 2000}


def array(tensor):
    return tensor.detach().numpy()


class Convolution(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, w, rule):
        ctx.save_for_backward(x, w)
        ctx.rule = rule
        return torch.from_numpy(ops.conv2d(array(x), array(w), **rule))

    @staticmethod
    def backward(ctx, delta):
        x, w = ctx.saved_tensors
        return InputGradient.apply(delta, w, x.shape, ctx.rule), FilterGradient.apply(x, delta, w.shape, ctx.rule), None


class InputGradient(torch.autograd.Function):
    @staticmethod
    def forward(ctx, delta, w, shape, rule):
        ctx.save_for_backward(delta, w)
        ctx.rule = rule
        return torch.from_numpy(ops.conv2d_grad_input(array(delta), array(w), tuple(shape), **rule))

    @staticmethod
    def backward(ctx, g):
        delta, w = ctx.saved_tensors
        by_delta, by_w = Convolution.apply(g, w, ctx.rule), FilterGradient.apply(g, delta, w.shape, ctx.rule)
        return by_delta, by_w, None, None


class FilterGradient(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, delta, shape, rule):
        ctx.save_for_backward(x, delta)
        ctx.rule = rule
        return torch.from_numpy(ops.conv2d_grad_filter(array(x), array(delta), tuple(shape), **rule))

    @staticmethod
    def backward(ctx, g):
        x, delta = ctx.saved_tensors
        by_x, by_delta = InputGradient.apply(delta, g, x.shape, ctx.rule), Convolution.apply(x, g, ctx.rule)
        return by_x, by_delta, None, None


class AveragePool(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, rule):
        ctx.shape, ctx.rule = x.shape, rule
        return torch.from_numpy(ops.avg_pool2d(array(x), **rule))

    @staticmethod
    def backward(ctx, delta):
        return AveragePoolGradient.apply(delta, ctx.shape, ctx.rule), None


class AveragePoolGradient(torch.autograd.Function):
    @staticmethod
    def forward(ctx, delta, shape, rule):
        ctx.rule = rule
        return torch.from_numpy(ops.avg_pool2d_grad(array(delta), tuple(shape), **rule))

    @staticmethod
    def backward(ctx, g):
        return AveragePool.apply(g, ctx.rule), None, None


def leaves(*arrays):
    return [torch.tensor(a, requires_grad=True) for a in arrays]


@pytest.mark.parametrize("name", SHARED)
def test_second_derivatives_of_convolution(name):
    geometry = SHARED[name]
    rule = {"strides": geometry.strides, "padding": geometry.padding, "dilations": geometry.dilations}
    x, w, delta = leaves(*geometry.arrays())
    for function, arguments in (
        (lambda x, w: Convolution.apply(x, w, rule), (x, w)),
        (lambda d, w: InputGradient.apply(d, w, x.shape, rule), (delta, w)),
        (lambda x, d: FilterGradient.apply(x, d, w.shape, rule), (x, delta)),
    ):
        assert torch.autograd.gradcheck(function, arguments, fast_mode=True)
        assert torch.autograd.gradgradcheck(function, arguments, fast_mode=True)


@pytest.mark.parametrize("name", SHARED)
def test_second_derivatives_of_average_pooling(name):
    geometry = SHARED[name].with_pool_padding()
    if min(geometry.outputs) < 1:
        pytest.skip("this window fits only with the padding that a pool refuses")
    rule = {"ksize": (geometry.R, geometry.S), "strides": geometry.strides, "padding": geometry.padding}
    (x,) = leaves(geometry.arrays()[0])
    assert torch.autograd.gradgradcheck(lambda x: AveragePool.apply(x, rule), (x,), fast_mode=True)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", TABLE)
def test_values_and_first_derivatives(name, dtype):
    geometry = TABLE[name]
    if geometry.M == 0:
        return  # PyTorch has no gradient for an empty batch; JAX does
    arrays = [a.astype(dtype) for a in geometry.arrays()]
    rule = {"strides": geometry.strides, "padding": geometry.padding, "dilations": geometry.dilations}
    sizes, window = (geometry.H, geometry.W), (geometry.R, geometry.S)
    (top, bottom), (left, right) = sides(geometry.padding, sizes, window, geometry.strides, geometry.dilations)
    x, w = leaves(*[a.astype(np.float64) for a in arrays[:2]])
    padded = torch.nn.functional.pad(x.permute(0, 3, 1, 2), (left, right, top, bottom))
    z = torch.conv2d(padded, w.permute(3, 2, 0, 1), None, geometry.strides, 0, geometry.dilations).permute(0, 2, 3, 1)
    z.backward(torch.tensor(arrays[2], dtype=torch.float64))
    x_, w_, delta = arrays
    assert_close(ops.conv2d(x_, w_, **rule), array(z), dtype, "z")
    assert_close(ops.conv2d_grad_input(delta, w_, x_.shape, **rule), array(x.grad), dtype, "dx")
    assert_close(ops.conv2d_grad_filter(x_, delta, w_.shape, **rule), array(w.grad), dtype, "dw")


@pytest.mark.parametrize("ties", [False, True])
def test_max_pooling_and_its_ties(ties):
    rng = np.random.default_rng(0)
    x_ = rng.integers(-2, 2, (2, 3, 9, 8)).astype(float) if ties else rng.standard_normal((2, 3, 9, 8))
    (x,) = leaves(x_)
    z = torch.nn.functional.max_pool2d(x, (3, 2), (2, 1), (1, 0))
    delta = rng.standard_normal(z.shape)
    z.backward(torch.tensor(delta))
    rule = ((3, 2), (2, 1), ((1, 1), (0, 0)))
    got, winner = ops.max_pool2d_with_winner(x_, *rule, data_format="NCHW")
    assert_close(got, array(z), "float64", "largest")
    assert_close(
        ops.max_pool2d_grad(delta, winner, x_.shape, *rule, data_format="NCHW"), array(x.grad), "float64", "dx"
    )


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_softmax_cross_entropy_and_its_gradient(dtype):
    rng = np.random.default_rng(1)
    z_, y = (20 * rng.standard_normal((50, 17))).astype(dtype), rng.integers(0, 17, 50)
    (z,) = leaves(z_.astype(np.float64))
    loss = torch.nn.functional.cross_entropy(z, torch.tensor(y), reduction="none")
    loss.sum().backward()
    losses, dz = ops.softmax_cross_entropy(z_, y)
    assert_close(losses, array(loss), dtype, "losses")
    assert_close(dz, array(z.grad), dtype, "dz")
