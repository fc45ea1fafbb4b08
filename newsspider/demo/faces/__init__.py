"""The sites: one module each, with a folder of page templates of the same name."""
