"""The order of an array's numbers in memory, as it is drawn, against NumPy's."""

import numpy as np
import pytest
from chainrule.errors import ShapeError
from chainrule.viz import memory_layout


@pytest.mark.parametrize("layout", ["NHWC", "NCHW", "NWHC"])
def test_the_memory_is_that_of_a_contiguous_array(layout):
    images = np.array([[[[f"{h},{w}" for _ in range(3)] for w in range(3)] for h in range(2)]])
    memory = images.transpose(["NHWC".index(letter) for letter in layout]).ravel()
    above, below = memory_layout(layout, position=4).axes
    cells = [text.get_text() for text in below.texts if "," in text.get_text() and "memory" not in text.get_text()]
    assert cells == list(memory)
    places = np.arange(18).reshape([{"N": 1, "H": 2, "W": 3, "C": 3}[letter] for letter in layout])
    there = places.transpose([layout.index(letter) for letter in "NHWC"])[0]
    drawn = {text.get_position(): text.get_text() for text in above.texts}
    assert [drawn[4.5 * c + w, h] for h in range(2) for w in range(3) for c in range(3)] == [
        str(place) for place in there.ravel()
    ]
    assert [text.get_text() for text in above.texts if text.get_fontweight() == "bold"] == ["4"]


def test_three_letters_are_no_layout():
    with pytest.raises(ShapeError, match="NHW"):
        memory_layout("NHW")
