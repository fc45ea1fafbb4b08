"""TOML files that people write, read as strict tables: site files and schedule files.

Whatever is wrong with one is said in a line that names file, table and key, and what was meant.
"""
