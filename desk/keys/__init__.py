"""Keys before a case store holds them: files, passphrase, ceremony, key list, calendar, paper shares.

Randomness and a passphrase come in, secret key files and a signed list go out. It refuses to know
complaints and the network.
"""
