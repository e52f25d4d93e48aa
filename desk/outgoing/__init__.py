"""What leaves a case store: the weekly board, the purge list, and what may no longer be kept.

Cases come in, a board and lists go out. It refuses to know how cases came in, screens and the network.
"""
