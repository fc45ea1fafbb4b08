"""Site files for the demo newsroom's scripted sites, as a user's own folder has them."""
