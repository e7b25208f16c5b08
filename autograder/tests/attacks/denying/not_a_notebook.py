"""Hands in JSON in which everything has another type than it should."""

SCORE = "nothing"
STATE = "unreadable"


def write(path, notebook):
    path.write_text('{"nbformat": 4, "nbformat_minor": "x", "metadata": 7, "cells": {"a": [null, true, 1e999]}}')
