"""Checks that test cells call: staged, with a diagnosis, in English and Chinese.

How to write a test cell
========================

A test cell states properties and ends with the report::

    sheet = Sheet("logistic_forward(x, w, b) -> a", logistic_forward, points=4)
    sheet.values("one row by hand | 手算一行", np.array([[1.0, 2.0]]), np.array([2.0, -1.0]), 0.0, expect=[0.5])
    ### BEGIN HIDDEN TESTS
    sheet.hidden()
    sheet.values("any batch | 任意批量", sheet.spaced(3, 4), sheet.spaced(4), 0.3, expect=lambda x, w, b: ...)
    ### END HIDDEN TESTS
    sheet.report()

* The signature names the exercise, its arguments and its values. `-> loss, dw, db` is a tuple, `-> loss, {W, b}` a
  tuple whose second value is a dictionary, `-> [z, a]` a list of pairs, one for each layer. Messages use these names.
* `values` compares with an oracle: a number worked out by hand, a frozen value, or a function of the same arguments in
  another formulation. `expect={"loss": 0.5}` looks at some of the values only.
* `gradient(..., of=f)` contracts each returned gradient (`dw`, or the key `w`, belongs to the argument `w`) with random
  directions and compares with central differences of `f`, the reference's forward.
* `holds(..., that=predicate)` is for what has no expected value, `raises(...)` for arguments that must be refused.
* Titles are "English | 中文". `sheet.spaced(*shape)` and `sheet.rng` give inputs; a grader may seed them.
* Each property has a weight, 1 unless given; points go by weight. What is hidden counts where it is present, so a right
  answer has full marks with the hidden lines and without them.
* A failure is compared with the common slips of `chainrule.check.rules` (a stray factor, a sign, a transpose ...) and
  with the exercise's own wrong formulas in `chainrule.check.mistakes`, which has a package for each notebook and says
  how to add one. A new module of tables is entered in `mistakes.MODULES`; the Chinese of a new sentence goes into
  `locale/zh.po`. The mistake that explains most failures becomes the diagnosis.
* A demonstration that calls exercises stands in `with when_done():`, which replaces a stub's error by a sentence.
* Nothing is raised for a student's mistake and nothing goes to stderr. The function is only ever called.

While students' code is graded it sees of this package only what `chainrule.check.published` lists, file by file.

The report's `repr` is the bare number of points, which nbgrader reads; a notebook shows its HTML, `print` its text, and
`record()` gives built-in types.
"""

from chainrule.check.record import Finding, Message, Outcome, Score
from chainrule.check.report import Report
from chainrule.check.sheet import Sheet
from chainrule.check.signature import Signature, SignatureError
from chainrule.check.waiting import when_done
from chainrule.gradcheck import spaced

__all__ = [
    "Finding",
    "Message",
    "Outcome",
    "Report",
    "Score",
    "Sheet",
    "Signature",
    "SignatureError",
    "spaced",
    "when_done",
]
