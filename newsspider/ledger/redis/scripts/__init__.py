"""The Lua scripts; ``prelude.lua`` goes before each of the others."""
