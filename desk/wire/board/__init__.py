"""The bytes of the reply board, WIRE.md sections 7.1 to 7.7: steps 7, 8 and 9.

Replies and acknowledgements become one signed file, and a file and a code's keys become replies
again. It refuses to know cases, the clock and the network; only `file` knows files.
"""
