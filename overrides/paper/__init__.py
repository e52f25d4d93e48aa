"""What leaves the site: cards for the pocket, the form, a poster, each as a page and as a PDF of the same; and one
file to keep, made of pages as they are built.

It loads what makes PDFs only where they are asked for.
"""
