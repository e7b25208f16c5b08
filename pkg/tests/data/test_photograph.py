"""The photograph is what its script makes of the original."""

import runpy
from pathlib import Path

import numpy as np
from chainrule.data import hopper


def test_the_photograph_is_what_its_script_makes_of_the_original():
    script = runpy.run_path(str(Path(__file__).parents[1] / "fixtures" / "make_hopper.py"))
    # one step of 255 for another JPEG decoder's rounding
    assert np.abs(hopper() - script["hopper"]() / 255.0).max() <= 1.01 / 255


def test_the_photograph_has_a_blue_background_and_a_black_jacket():
    picture = hopper()
    red, green, blue = picture[5:40, 85:].mean(axis=(0, 1))
    assert blue > 0.6 > green > red
    assert picture[95:, 5:20].mean() < 0.2
