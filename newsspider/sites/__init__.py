"""The shipped site files, one TOML file a site."""
