"""For tools that call setup.py, such as scrapyd-deploy; everything is in pyproject.toml."""

from setuptools import setup

setup()
