"""The case store: sealed files that are only ever added to, and a key for each subject.

Opened complaints live here between steps 6 and 7, behind one handler's passphrase. It refuses to
know what a case is.
"""
