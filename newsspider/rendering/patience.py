"""How long a page is waited for, the same by both engines."""

LOOK_SECONDS = 0.1
CALM_SECONDS = 0.7
"""For so long nothing must change on a page, and nothing be on its way, for it to be taken as it is."""
PATIENCE_SECONDS = 10.0
"""After so long a page that never calms down is taken as it is."""
