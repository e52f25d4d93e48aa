"""How complaints come in: opened, made cases, held against each other, or entered by hand.

Sealed objects on a stick come in, events of new cases go out. It refuses to know the network.
"""
