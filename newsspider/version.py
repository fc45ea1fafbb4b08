"""The version, in a module of its own: the build and the item can read it and import nothing else."""

__version__ = "0.1.0"
