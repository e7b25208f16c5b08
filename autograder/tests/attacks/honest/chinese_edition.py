"""Hands in the Chinese edition, with an answer in Chinese."""

EDITION = "zh"
CELLS = {"written-why": "因为一阶近似下，损失的变化是负的。"}
OTHERS = "right"
SCORE = {}
STATE = "graded"
