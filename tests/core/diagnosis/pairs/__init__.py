"""For each cause one small piece of evidence that gives it, and what must be changed in it so that it is not given.

A file per stage, a row per cause: (slug, evidence, {path of what is changed: its other value, None for none}).
"""
