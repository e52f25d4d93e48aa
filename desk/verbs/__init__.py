"""The verbs of the command line, one module for each group, and how they are typed.

Comes in: arguments. Goes out: what a verb prints, and its exit code. A module here refuses to import
what its verbs need before one of them runs, so that the network and a key never meet.
"""
