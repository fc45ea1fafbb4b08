-- worker, lease in ms, refresh, now, most, limits, freed sites, then each: site, ms until it may be asked again
-- returns {leases, ms to wait before the next call, 1 if the crawl of this worker's sites is over}
local FEW_SITES = 256 -- up to so many sites are looked up one by one; more are filtered from what is ready
local now_ms = milliseconds()
local worker, lease_ms = arg(), number()
local lease = {worker = worker, till = now_ms + lease_ms, refresh = arg(), now = number()}
local most, limit = number(), limits()
for _ = 1, number() do
  local site = arg()
  call('ZADD', 'ready', 'XX', now_ms + number(), site)
end
void_leases(now_ms)

local mine = 'sites:' .. worker
local few = call('HLEN', mine) <= FEW_SITES

-- this worker's sites from which a row may be asked, the longest waiting first; and when the next one may be
local function ready_sites()
  local found, soonest = {}, nil
  local function look(site, at)
    if at <= now_ms then
      found[#found + 1] = {site, at, call('HGET', mine, site)}
    else
      soonest = math.min(soonest or at, at)
    end
  end
  if few then
    for _, site in ipairs(call('HKEYS', mine)) do
      local at = call('ZSCORE', 'ready', site)
      if at then look(site, tonumber(at)) end
    end
    table.sort(found, function(one, other) return one[2] < other[2] end)
    return found, soonest
  end
  local start = 0
  repeat
    local some = call('ZRANGE', 'ready', start, start + 99, 'WITHSCORES')
    for i = 1, #some, 2 do
      if call('HEXISTS', mine, some[i]) == 1 then look(some[i], tonumber(some[i + 1])) end
    end
    start = start + 100
  until #some == 0 or soonest or #found >= 4 * most
  return found, soonest
end

local taken = {}
local sites, soonest = ready_sites()
local unlimited = {}
for _, entry in ipairs(sites) do
  if #taken >= most then break end
  local site, one_at_a_time = entry[1], entry[3] ~= '0'
  if not take(site, 1, limit, lease, taken) then
    if call('EXISTS', 'q:' .. site) == 0 then call('ZREM', 'ready', site) end
  elseif one_at_a_time then
    -- no other worker is handed a row of this site before this one says that the fetch is over
    call('ZADD', 'ready', now_ms + lease_ms, site)
  else
    call('ZADD', 'ready', now_ms, site)
    unlimited[#unlimited + 1] = site
  end
end
for i, site in ipairs(unlimited) do
  local share = math.ceil((most - #taken) / (#unlimited - i + 1))
  if share > 0 then take(site, share, limit, lease, taken) end
end
if #taken > 0 then return {taken, 0, 0} end

sites, soonest = ready_sites()
if #sites > 0 then return {taken, 0, 0} end -- rows were looked at and set aside; there are more
if soonest then return {taken, soonest - now_ms, 0} end
for _, held in ipairs(call('HVALS', 'holder')) do
  if call('HEXISTS', mine, string.match(held, '\t(.*)$')) == 1 then return {taken, lease_ms, 0} end
end
return {taken, 0, 1}
