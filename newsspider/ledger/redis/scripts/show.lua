-- keys; returns for each row: key, its fields with the parent's URL, its worker, ms of its lease, article's id
local found = {}
for _, key in ipairs(ARGV) do
  local row = read(key)
  if row then
    local parent = row[PARENT] ~= '' and read(row[PARENT])
    found[#found + 1] = {
      key, row[URL], row[SITE], row[ROLE], row[DEPTH], parent and parent[URL] or '', row[DATE], row[STATE],
      row[REASON], row[AT], row[DUE], row[VALIDATOR], holder_of(key) or '',
      math.floor(tonumber(call('ZSCORE', 'lease', key) or 0)), row[ARTICLE],
    }
  end
end
return found
