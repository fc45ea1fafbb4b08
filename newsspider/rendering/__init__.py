"""Pages that need a browser: which they are, what the browser is told, and the two engines that drive one.

``RENDERER`` names the engine of a run. Each is a download handler that takes the requests marked with
:data:`~newsspider.rendering.order.RENDER_KEY` and leaves all others to Scrapy's own.
"""
