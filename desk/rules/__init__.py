"""Terms of the law as data: no code, so that a lawyer can check them line by line."""
