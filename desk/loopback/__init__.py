"""The server under the daily screen: for one browser of this machine, and presses that nobody meant.

Bytes on a socket come in, requests and responses as values go out. It refuses to know cases, pages,
and every machine but its own.
"""
