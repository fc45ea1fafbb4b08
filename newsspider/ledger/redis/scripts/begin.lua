-- worker, lease in ms, now, 1 to give up the worker's own leases, number of a new run, sites, then each:
-- site, its intervals or '', longest interval, ms between two requests (0: no limit), digest
-- returns {greatest run, taken up, waiting, latest second seen, sites whose digest differs}
local now_ms = milliseconds()
local worker, lease_ms, now, is_new, new_run = arg(), number(), number(), arg() == '1', number()
call('ZADD', 'alive', now_ms + lease_ms, worker)
local run, taken_up, waiting, other = 0, 0, 0, {}

-- leases of workers that are dead, and of this one's last life
for _, key in ipairs(is_new and call('ZRANGE', 'lease', 0, -1) or {}) do
  local held = holder_of(key)
  if not held or held == worker or tonumber(call('ZSCORE', 'alive', held) or 0) < now_ms then
    if give_back(key) then taken_up = taken_up + 1 end
  end
end

for _ = 1, number() do
  local site, every, longest, delay, digest = arg(), arg(), number(), arg(), arg()
  local crew, others = 'crew:' .. site, 0
  for _, member in ipairs(call('SMEMBERS', crew)) do
    if tonumber(call('ZSCORE', 'alive', member) or 0) < now_ms then
      call('SREM', crew, member)
    elseif member ~= worker then
      others = others + 1
    end
  end
  call('SADD', crew, worker)
  call('HSET', 'sites:' .. worker, site, delay)
  if is_new and others == 0 then
    call('HSET', 'runs', site, new_run)
    call('HSET', 'terms', site, digest)
    -- what the last run kept back is asked first: it has waited longest
    while call('LMOVE', 'aside:' .. site, 'q:' .. site, 'RIGHT', 'LEFT') do end
  elseif call('HSETNX', 'runs', site, new_run) == 0 and call('HGET', 'terms', site) ~= digest then
    other[#other + 1] = site
  end
  if every ~= '' then call('HSET', 'every', site, every) else call('HDEL', 'every', site) end
  -- nothing is due later than the longest interval from now, unless the clock was ahead then
  for _, key in ipairs(call('ZRANGEBYSCORE', 'd:' .. site, '(' .. now + longest, '+inf')) do
    local row = read(key)
    row[DUE] = now + longest
    write(key, row)
    call('ZADD', 'd:' .. site, row[DUE], key)
  end
  if call('EXISTS', 'q:' .. site, 'd:' .. site) > 0 then call('ZADD', 'ready', 'NX', now_ms, site) end
  run = math.max(run, run_of(site))
  waiting = waiting + tonumber(call('HGET', 'waiting', site) or 0)
end
call('EXPIRE', 'sites:' .. worker, 30 * 86400)
call('ZREMRANGEBYSCORE', 'alive', '-inf', now_ms - 86400000)
return {run, taken_up, waiting, tonumber(call('GET', 'seen') or 0), other}
