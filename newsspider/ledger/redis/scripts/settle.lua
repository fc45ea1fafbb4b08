-- worker, refresh, now, usual intervals, outcomes, then each: key, state, reason, validator, children (number
-- and rows), 1 and a completion or 0. Returns {admissions, lines that are raw duplicates}
local worker, refresh, now, usual = arg(), arg(), number(), arg()
local admissions, duplicates = {}, 0

-- seconds to the next fetch after fetch *step* (from 0) that ended in *state*; none: never
local function wait(site, state, step)
  local every = call('HGET', 'every', site) or usual
  local part = 0
  for list in string.gmatch(every, '[^;]+') do
    part = part + 1
    if part == state - 1 then
      local n = 0
      for seconds in string.gmatch(list, '%d+') do
        if n == step then return tonumber(seconds) end
        n = n + 1
      end
    end
  end
  return nil
end

local function record(key, row, state, reason, validator)
  let_go(key, row)
  count(key, row, -1)
  if row[STATE] == EXPORTED and state ~= LISTED then state = EXPORTED end -- its line is in the output
  local is_news = reason == 'new' or reason == 'changed'
  row[STEP] = (state == row[STATE] and not is_news) and row[STEP] + 1 or 0
  if row[DUE] ~= NONE then call('ZREM', 'd:' .. row[SITE], key) end
  local seconds = wait(row[SITE], state, row[STEP])
  row[DUE] = seconds and now + seconds or NONE
  if seconds then call('ZADD', 'd:' .. row[SITE], row[DUE], key) end
  row[STATE], row[REASON], row[RUN], row[AT] = state, reason, run_of(row[SITE]), now
  if validator ~= '' then row[VALIDATOR] = validator end
  write(key, row)
  count(key, row, 1)
end

for _ = 1, number() do
  local key, state, reason, validator = arg(), number(), arg(), arg()
  for _ = 1, number() do admissions[#admissions + 1] = enter(refresh, now) end
  local row, first = read(key), nil
  local run = row and run_of(row[SITE]) or tonumber(call('GET', 'run') or 0)
  local id, new
  if arg() == '1' then
    id, new = completion()
    new[ID] = row and key or ''
    first = complete(id, new, run)
    if first then duplicates = duplicates + 1 end
  end
  local is_conflict = first and first[ID] ~= key and first[HASH] ~= new[HASH] and first[HEADLINE] ~= new[HEADLINE]
  if row and is_conflict then
    -- another article claims the same address, and its line was first: fetched again, this one will be told
    -- from it and keep its own address
    let_go(key, row)
    if row[STATE] == WAITING then push('RPUSH', row[SITE], key) end
  elseif row and (row[STATE] == WAITING or row[RUN] < run or holder_of(key) == worker or new) then
    -- else a fetch that came first has settled it in this run
    if first and first[ID] ~= key then state, reason = DROPPED, 'duplicate' end
    if new and not first then row[ARTICLE] = id end
    record(key, row, state, reason, validator)
  end
end
if now > tonumber(call('GET', 'seen') or 0) then call('SET', 'seen', now) end
return {admissions, duplicates}
