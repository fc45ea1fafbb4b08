-- keys; returns the first site that a living worker crawls, or none: then nothing was forgotten
local now_ms, rows = milliseconds(), {}
for _, key in ipairs(ARGV) do
  local row = read(key)
  if row then
    rows[key] = row
    for _, member in ipairs(call('SMEMBERS', 'crew:' .. row[SITE])) do
      if tonumber(call('ZSCORE', 'alive', member) or 0) >= now_ms then return row[SITE] .. '\t' .. member end
    end
  end
end
for key, row in pairs(rows) do
  let_go(key, row)
  count(key, row, -1)
  call('ZREM', 'd:' .. row[SITE], key)
  if row[ARTICLE] ~= '' then
    call('HDEL', 'a' .. string.sub(row[ARTICLE], 1, 2), string.sub(row[ARTICLE], 3))
    -- an article that is new once more must not be counted twice among its site's
    call('DEL', 'note:' .. row[SITE])
  end
  call('DEL', 'u' .. key)
end
return false
