"""Values that TensorFlow itself computed, frozen by fixtures/make_tensorflow.py: strides, padding, ties, gradients."""

import json
from pathlib import Path

import numpy as np
import pytest
from chainrule import ops
from geometries import assert_close
from variants import ENVIRONMENTS

FROZEN = np.load(Path(__file__).parent.parent / "fixtures" / "tensorflow.npz")
CASES = sorted({name.rsplit("/", 1)[0] for name in FROZEN.files if "/" in name})


def saved(case):
    return {name.rsplit("/", 1)[1]: FROZEN[name] for name in FROZEN.files if name.startswith(case + "/")}


def of_kind(kind):
    return [case for case in CASES if case.startswith(kind + "/")]


def as_pairs(padding):
    return padding if isinstance(padding, str) else tuple(map(tuple, padding))


def test_the_fixture_says_which_tensorflow_made_it():
    assert str(FROZEN["tensorflow"]) == "2.21.0"
    assert [len(of_kind(kind)) for kind in ("convolution", "depthwise", "pool")] == [12, 3, 6]


@pytest.mark.parametrize("variant", ENVIRONMENTS)
@pytest.mark.parametrize("case", of_kind("convolution"))
def test_convolutions(case, variant, workers):
    tf, call = saved(case), workers[variant].call
    strides, padding, dilations = json.loads(str(tf["case"]))[7:]
    options = {"strides": strides, "padding": as_pairs(padding), "dilations": dilations}
    x, w, delta = tf["x"], tf["w"], tf["delta"]
    assert_close(call("conv2d", x, w, **options), tf["z"], "float64", "z")
    assert ("dx" in tf) == (dilations == [1, 1])
    if "dx" in tf:
        assert_close(call("conv2d_grad_input", delta, w, x.shape, **options), tf["dx"], "float64", "dx")
        assert_close(call("conv2d_grad_filter", x, delta, w.shape, **options), tf["dw"], "float64", "dw")
    if "transposed" in tf:
        assert_close(call("conv2d_transpose", delta, w, x.shape, **options), tf["transposed"], "float64", "transposed")


@pytest.mark.parametrize("variant", ENVIRONMENTS)
@pytest.mark.parametrize("case", of_kind("depthwise"))
def test_depthwise_convolutions(case, variant, workers):
    tf, call = saved(case), workers[variant].call
    stride, padding = json.loads(str(tf["case"]))[7:]
    options = {"strides": stride, "padding": padding}
    x, w, delta = tf["x"], tf["w"], tf["delta"]
    assert_close(call("depthwise_conv2d", x, w, **options), tf["z"], "float64", "z")
    assert_close(call("depthwise_conv2d_grad_input", delta, w, x.shape, **options), tf["dx"], "float64", "dx")
    assert_close(call("depthwise_conv2d_grad_filter", x, delta, w.shape, **options), tf["dw"], "float64", "dw")


@pytest.mark.parametrize("variant", ENVIRONMENTS)
@pytest.mark.parametrize("case", of_kind("pool"))
def test_pools_and_their_ties(case, variant, workers):
    tf, call = saved(case), workers[variant].call
    R, S, strides, padding = json.loads(str(tf["case"]))[4:]
    x, delta, rule = tf["x"], tf["delta"], ((R, S), strides, padding)
    largest, winner = call("max_pool2d_with_winner", x, *rule)
    assert_close(largest, tf["max"], "float64", "max")
    assert_close(call("max_pool2d_grad", delta, winner, x.shape, *rule), tf["max_dx"], "float64", "max_dx")
    assert_close(call("avg_pool2d", x, *rule), tf["average"], "float64", "average")
    assert_close(call("avg_pool2d_grad", delta, x.shape, *rule), tf["average_dx"], "float64", "average_dx")


@pytest.mark.parametrize("variant", ENVIRONMENTS)
def test_softmax_cross_entropy(variant, workers):
    tf = saved("cross_entropy/0")
    losses, dz = workers[variant].call("softmax_cross_entropy", tf["z"], tf["y"])
    assert_close(losses, tf["losses"], "float64", "losses")
    assert_close(dz, tf["dz"], "float64", "dz")


def test_the_smallest_transposed_shape_is_the_one_tensorflow_was_asked_for():
    tf = saved("convolution/2")
    x, w, delta = tf["x"], tf["w"], tf["delta"]
    got = ops.conv2d_transpose(delta, w, strides=2, padding="SAME")
    assert got.shape == x.shape
    assert_close(got, tf["transposed"], "float64", "transposed")
