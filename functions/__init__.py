"""Steps 3 and 4: the function that takes a sealed complaint, and the stores that keep it.

Sealed bytes come in, a durable object and a short answer go out. Nothing here can open a seal,
knows who sent it, or keeps a record of the visit.
"""
