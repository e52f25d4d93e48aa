"""Cases: what handlers do with opened complaints, between steps 6 and 7.

Events fold into cases; actions are the only way to make events. It refuses to know files, keys,
screens and the network.
"""
