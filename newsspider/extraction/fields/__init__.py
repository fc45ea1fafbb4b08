"""The fields of an article but its body: ``guess`` from a page, ``tidy`` what a template gave."""
