"""The pages: facts and a frame in, the Markdown and HTML that a reader sees out.

It reads no settings file and writes no file but pages.
"""
