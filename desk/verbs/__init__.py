"""The verbs of the command line, for every step at the desk, one module for each group.

Comes in: arguments. Goes out: what a verb prints, and its exit code. A module here refuses to import
what its verbs need before one of them runs, so that the network and a key never meet.
"""
