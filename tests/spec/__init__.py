"""Behaviour that holds for every book: facts, irregularities, whole workbooks."""
