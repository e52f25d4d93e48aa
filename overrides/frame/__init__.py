"""What every page stands in: settings, the key list, headers, menu, list of files, and the shell around a text.

Settings and records of one language come in, the frame of a page goes out. It knows no facts about
the law, and no MkDocs.
"""
