"""The online half: the only room of the desk that reaches a network; no secret key comes into it.

Fetch, publish, purge, canary and probe; in `outside/` a live site as anybody gets it. It refuses to import the rooms of
keys, store and cases; what needs a key library to be verified is asked of a process of its own.
"""
