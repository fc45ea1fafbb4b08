"""Code for single sites, a module each, for what a site file cannot say.

A module has one function, ``mend(page, article) -> Article``, which returns what the reader gave with its
mistakes put right. Only shipped site files may name one, under the key ``quirks``.
"""
