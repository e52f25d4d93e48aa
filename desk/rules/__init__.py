"""Rules as data, read by `desk.cases`: no code, so that a lawyer can check them line by line."""
