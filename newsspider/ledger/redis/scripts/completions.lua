-- ids; returns for each that is known: id, url, version, hash, made by, run, file, offset, headline
local found = {}
for _, id in ipairs(ARGV) do
  local known = article_of(id)
  if known then
    local row = known[ID] ~= '' and read(known[ID])
    found[#found + 1] = {
      id, row and row[URL] or '', known[VERSION], known[HASH], known[MADE_BY], known[WRITTEN],
      call('HGET', 'files', known[FILE]) or '', known[OFFSET], known[HEADLINE],
    }
  end
end
return found
