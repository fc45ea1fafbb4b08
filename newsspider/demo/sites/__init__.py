"""Site files of the demo newsroom, in the form of :mod:`newsspider.sites`; loaded for the demo only."""
