"""What leaves the site: cards for the pocket, the form, a poster, as pages and PDFs; and one file to keep.

The file is made of pages as they are built. It loads what makes PDFs only where they are asked for.
"""
