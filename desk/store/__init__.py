"""The case store: where opened complaints live between steps 6 and 7.

Sealed files that are only ever added to, a key per subject, and one handler's passphrase. It
refuses to know what a case is.
"""
