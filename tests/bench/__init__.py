"""Measurements that `make bench` prints.

An area is a module with `measure(watch)`, a line in `AREAS` of `__main__.py`, and its keys in `goals.py`.
"""
