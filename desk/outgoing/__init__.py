"""What leaves a case store: the weekly board, the purge list, and what is closed or erased in its time.

Cases come in, a board and lists go out. It refuses to know how cases came in, screens and the network.
"""
