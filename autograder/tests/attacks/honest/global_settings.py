"""Changes settings for the whole notebook: printing, floating-point errors, warnings."""

EXTRA = {
    "center": """
import warnings
np.set_printoptions(precision=1, threshold=2)
np.seterr(all="raise")
warnings.simplefilter("error")
"""
}
OTHERS = "right"
SCORE = {}
STATE = "graded"
