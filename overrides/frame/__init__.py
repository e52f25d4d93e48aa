"""What every page stands in: settings, the key list, headers, menu, the shell around a text, and what a site says of itself.

Settings and records of one language come in, the frame of a page goes out. It knows no facts about
the law, and no MkDocs.
"""
