"""What a case is: events folded into what handlers know, and never written itself.

Events come in, cases, terms and the inbox go out. It refuses to know files, keys, screens and the
network.
"""
