-- site, limits; returns pairs of a limit ('' for none) and the number of rows that it keeps back
local site, limit = arg(), limits()
local seen, found = {}, {}
for _, list in ipairs({'q:', 'aside:'}) do
  for _, key in ipairs(call('LRANGE', list .. site, 0, -1)) do
    local row = not seen[key] and read(key)
    seen[key] = true
    if row and row[STATE] == WAITING and not holder_of(key) then
      local kept = keeping_back(row, limit) or ''
      found[kept] = (found[kept] or 0) + 1
    end
  end
end
local pairs_found = {}
for kept, rows in pairs(found) do
  pairs_found[#pairs_found + 1] = kept
  pairs_found[#pairs_found + 1] = rows
end
return pairs_found
