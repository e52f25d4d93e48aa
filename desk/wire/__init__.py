"""The bytes: all that WIRE.md says, and the canary that is made of it.

Bytes come in, checked values go out, and back. It refuses to know the network, secret key files and
cases; what it cannot prove it refuses by the name of the check that failed.
"""
