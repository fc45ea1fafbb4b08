-- now; returns the keys of all rows that are due, the longest overdue first
local now, found, seen = number(), {}, {}
for _, field in ipairs(call('HKEYS', 'count')) do
  local site = string.match(field, '^[^\t]*')
  if not seen[site] then
    seen[site] = true
    local some = call('ZRANGEBYSCORE', 'd:' .. site, '-inf', now, 'WITHSCORES')
    for i = 1, #some, 2 do found[#found + 1] = {tonumber(some[i + 1]), some[i]} end
  end
end
table.sort(found, function(one, other) return one[1] < other[1] end)
for i, entry in ipairs(found) do found[i] = entry[2] end
return found
