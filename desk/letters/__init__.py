"""What leaves the desk in words: answers, letters, dossiers and exports.

Comes in: cases. Goes out: texts for a person to send, held against what a case may not tell. It
sends nothing, and refuses to know screens and the command line.
"""
