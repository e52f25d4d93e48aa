"""What a handler does to a case: one table of actions, for the screen and the command line.

What a handler filled in comes in, events go out. It refuses to know screens and the network.
"""
