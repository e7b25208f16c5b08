"""Records of arguments between compiled functions, and the verbs of `simd` in Python, where every index is checked."""

import subprocess
import sys
from typing import NamedTuple

import numpy as np
import pytest
from chainrule.kernels.simd.call import address, load_args, packed_args, store_args
from chainrule.kernels.simd.copying import copy, transpose, zero
from chainrule.kernels.simd.jit import jit
from chainrule.kernels.simd.pooling import max_of_four
from chainrule.kernels.simd.tile import Tile, add_to, load_bias, multiply_add, store, zero_sums
from numba.core.errors import TypingError


class Args(NamedTuple):
    first: int
    second: int
    third: int


@jit
def in_order(args):
    a = load_args(Args, args)
    return a.first + 10 * a.second + 100 * a.third


@jit
def swapped(n):
    return in_order(store_args(Args(third=n, first=1, second=2)))


@jit
def in_a_loop(n):
    total = 0
    for i in range(n):
        total += in_order(store_args(Args(first=i, second=0, third=0)))
    return total


@jit
def from_an_array(packed):
    return in_order(address(packed))


@jit
def with_a_float(n):
    return in_order(store_args(Args(first=n, second=0.5, third=0)))


@jit
def one_too_few(n):
    return in_order(store_args(Args(first=n, second=2)))


def test_fields_arrive_by_their_names():
    assert swapped(3) == 321
    assert from_an_array(packed_args(Args(first=1, second=2, third=3))) == 321


def test_a_record_in_a_long_loop_takes_memory_once():
    """A million records of 24 bytes would overflow a stack of 8 MB."""
    assert in_a_loop(10**6) == (10**6) * (10**6 - 1) // 2


def test_a_record_with_a_field_missing_or_not_an_integer_does_not_compile():
    with pytest.raises(TypeError, match="missing a required argument: 'third'"):
        one_too_few(1)
    with pytest.raises(TypingError, match="Args is not of integers only: second is float64"):
        with_a_float(1)


TILE = Tile("float64", 2, 2, 1, 2)


def test_the_verbs_of_a_tile_in_python():
    x, w, b = np.arange(1.0, 7), np.array([10.0, 20]), np.array([0.5, -1000])
    sums = multiply_add(TILE, load_bias(TILE, b, 0), x, 0, 3, 1, w, 0, 2)
    assert sums.tolist() == [[[10.5, -980], [20.5, -960]], [[40.5, -920], [50.5, -900]]]
    y = np.full(9, np.nan)
    store(TILE, sums, y, 1, 4, 2, 2, 1)
    assert np.array_equal(y, [np.nan, 10.5, 0, 20.5, 0, 40.5, 0, 50.5, 0], equal_nan=True)
    totals = np.ones(8)
    add_to(TILE, zero_sums(TILE) + 1, totals, 0)
    assert totals.tolist() == [2.0] * 8


def test_numbers_moved_in_python():
    tile, target = Tile("float64", 1, 1, 1, 2), np.full(6, -1.0)
    copy(tile, np.arange(4.0), 1, target, 0, 2)
    zero(tile, target, 5, 1)
    assert target.tolist() == [1, 2, -1, -1, -1, 0]
    transpose(tile, np.arange(6.0), 0, 3, target, 0, 2)
    assert target[:4].tolist() == [0, 3, 1, 4]


@pytest.mark.parametrize(
    "outside",
    [
        lambda a: load_bias(TILE, a, 3),
        lambda a: multiply_add(TILE, zero_sums(TILE), a, 0, 3, 1, a, 0, 2),
        lambda a: store(TILE, zero_sums(TILE), a, -1, 2, 1, 1, 0),
        lambda a: add_to(TILE, zero_sums(TILE), a, 0),
        lambda a: copy(TILE, a, 2, a, 0, 3),
        lambda a: zero(TILE, a, 4, 1),
        lambda a: max_of_four(TILE, a, 0, 2, 1, a, a, 0),
    ],
)
def test_a_verb_in_python_refuses_to_leave_its_array(outside):
    with pytest.raises(IndexError, match="of 4"):
        outside(np.zeros(4))


WRONG_RECORD = """
from typing import NamedTuple
from chainrule.kernels.simd.call import load_args

class One(NamedTuple):
    a: int

class Other(NamedTuple):
    a: int

load_args(One, Other(1))
"""


def test_without_jit_a_task_refuses_another_tasks_record():
    result = subprocess.run([sys.executable, "-c", WRONG_RECORD], capture_output=True, text=True, check=False)
    assert "got the arguments of another function, expected One" in result.stderr
