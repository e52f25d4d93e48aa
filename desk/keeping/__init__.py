"""Keys and people of a desk that has cases: taken in, turned, on paper, destroyed, handed over, rehearsed.

The ceremony makes a key; this is what happens to it afterwards. It refuses to know what complaints
say: of an object it looks at the name, the key it was sealed to, and whether it can be opened.
"""
