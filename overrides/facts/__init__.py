"""The facts: docs/data and front matter in, frozen records out, each with its source and its day.

What is missing, unknown or of no day stops the build here. It knows no HTML.
"""
