"""What leaves the site: cards for the pocket, the form, a poster, as pages and PDFs; one file to keep, and sound.

The file is made of pages as they are built. It loads what makes PDFs only where they are asked for.
"""
