"""The daily screen: what handlers see and press, on their own machine.

Requests of one browser come in, pages without a script go out. It refuses to know how events are
made or kept, and every machine but its own.
"""
