-- completions, then each: key of its URL, completion; returns how many were new
local adopted = 0
for _ = 1, number() do
  local key = arg()
  local id, new = completion()
  local row = read(key)
  new[ID] = row and key or ''
  local known = article_of(id)
  if not known or known[VERSION] < new[VERSION] then
    complete(id, new, row and run_of(row[SITE]) or tonumber(call('GET', 'run') or 0))
    if row then
      row[ARTICLE] = id
      write(key, row)
    end
    adopted = adopted + 1
  end
end
return adopted
