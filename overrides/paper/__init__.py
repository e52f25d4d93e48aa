"""What is printed: cards for the pocket, the form, a poster; each as a page, and as a PDF of the same.

It knows no other page, and loads what makes PDFs only where they are asked for.
"""
