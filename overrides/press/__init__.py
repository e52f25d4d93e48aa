"""The press: checks everything, builds the whole site, and puts it in place only when all is right.

Settings and a key list come in, a folder of static files goes out. It says all that it refuses at
once.
"""
