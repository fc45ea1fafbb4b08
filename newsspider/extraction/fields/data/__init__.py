"""Word lists that the fields read; each file says in its first lines what its columns are."""
