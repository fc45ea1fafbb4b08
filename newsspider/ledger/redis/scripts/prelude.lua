-- What every script of the ledger begins with. The data, all in one Redis database:
--
--   newsspider       hash     the format's number: marks the database as a ledger
--   u<11 bytes>      string   a URL's row, MessagePack (fields below); the key is from the URL's SHA-1
--   q:<site>         list     keys of rows that wait, in the order in which they are handed out
--   aside:<site>     list     keys of rows that this run keeps back or gave back: for the next run
--   d:<site>         zset     keys of settled rows by the second at which they are due
--   holder           hash     key of a leased row -> worker, tab, site
--   lease            zset     key of a leased row by the millisecond at which its lease runs out
--   ready            zset     sites that may have rows, by the millisecond from which one may be handed out
--   count            hash     site, tab, state, tab, reason -> URLs
--   waiting          hash     site -> URLs that wait
--   run              string   number of the last run
--   runs             hash     site -> number of its run
--   crew:<site>      set      workers that crawl the site
--   alive            zset     workers by the millisecond until which they count as alive
--   sites:<worker>   hash     its sites -> ms between two requests, which are made one at a time; 0: no limit
--   every            hash     site -> its refresh intervals, where they are not the usual ones
--   terms            hash     site -> digest of the site file that its run began with
--   seen             string   latest second that a settling worker saw
--   a<2 bytes>       hash     rest of an article's id -> its completion, MessagePack
--   file, files      hash     feed file -> number, number -> feed file
--   feed:<worker>    hash     feed file under way -> offset confirmed
--   note:<site>      hash     name -> text
--   s.., b..         hash     sketches and their bands, by 30 days; they expire
--
-- A queue's entries are hints, the row is the truth: what is popped and does not wait any more is passed by.
-- No script names its keys beforehand, so this is for one Redis, not for a Redis Cluster.

local URL, SITE, ROLE, DEPTH, PARENT, DATE, STATE = 1, 2, 3, 4, 5, 6, 7
local REASON, RUN, AT, STEP, DUE, VALIDATOR, ARTICLE = 8, 9, 10, 11, 12, 13, 14
local WAITING, LISTED, EXPORTED, DROPPED, FAILED = 0, 1, 2, 3, 4
local SECTION, SITEMAP, ARTICLE_ROLE = 0, 2, 3 -- roles 0 to 2 are lists
local NONE = -1 -- a date or a due time that is not there

local call = redis.call
if redis.replicate_commands then redis.replicate_commands() end -- Redis 6 needs it before TIME

local cursor = 0
local function arg() cursor = cursor + 1; return ARGV[cursor] end
local function number() return tonumber(arg()) end

-- time stands still while a script runs, as from Redis 7.2 on: what it makes ready now is ready for it as well
local began = call('TIME')
local function milliseconds() return began[1] * 1000 + math.floor(began[2] / 1000) end

local function read(key)
  local packed = call('GET', 'u' .. key)
  return packed and cmsgpack.unpack(packed)
end

local function write(key, row) call('SET', 'u' .. key, cmsgpack.pack(row)) end

local function run_of(site) return tonumber(call('HGET', 'runs', site) or 0) end

local function holder_of(key)
  local held = call('HGET', 'holder', key)
  return held and string.match(held, '^[^\t]*')
end

local function tally(site, state, reason, by)
  local field = site .. '\t' .. state .. '\t' .. reason
  if call('HINCRBY', 'count', field, by) == 0 then call('HDEL', 'count', field) end
  if state == WAITING and call('HINCRBY', 'waiting', site, by) == 0 then call('HDEL', 'waiting', site) end
end

-- a leased row counts as leased, whatever state it had before and has in its row
local function count(key, row, by)
  if holder_of(key) then
    tally(row[SITE], 'leased', '', by)
  else
    tally(row[SITE], row[STATE], row[REASON], by)
  end
end

local function push(side, site, key)
  call(side, 'q:' .. site, key)
  call('ZADD', 'ready', 'NX', milliseconds(), site)
end

local function hold(key, row, worker, until_ms)
  count(key, row, -1)
  call('HSET', 'holder', key, worker .. '\t' .. row[SITE])
  call('ZADD', 'lease', until_ms, key)
  count(key, row, 1)
  if row[DUE] ~= NONE then call('ZREM', 'd:' .. row[SITE], key) end
end

local function let_go(key, row)
  if not holder_of(key) then return end
  count(key, row, -1)
  call('HDEL', 'holder', key)
  call('ZREM', 'lease', key)
  count(key, row, 1)
end

-- a row that was leased and is to be handed out again: first, for it was first before; its site may be asked
-- when the delay is over
local function give_back(key)
  local row, held = read(key), holder_of(key)
  if not row then
    call('HDEL', 'holder', key)
    call('ZREM', 'lease', key)
    return false
  end
  let_go(key, row)
  if row[STATE] == WAITING then
    call('LPUSH', 'q:' .. row[SITE], key)
  elseif row[DUE] ~= NONE then
    call('ZADD', 'd:' .. row[SITE], row[DUE], key)
  end
  local delay = tonumber(call('HGET', 'sites:' .. (held or ''), row[SITE]) or 0)
  call('ZADD', 'ready', milliseconds() + delay, row[SITE])
  return true
end

local function later(role, date, known)
  if date == NONE or known == NONE then
    if role <= SITEMAP then return NONE end
    return date == NONE and known or date
  end
  return math.max(date, known)
end

local function enter_known(key, row, new, refresh, now)
  local held, run = holder_of(key), run_of(row[SITE])
  if not held and new.role <= SITEMAP and row[RUN] < run then
    -- a page that is a list now, whatever it was taken for before, waits where it was found
    local before = row[STATE]
    count(key, row, -1)
    if row[DUE] ~= NONE then call('ZREM', 'd:' .. row[SITE], key) end
    row[STATE], row[ROLE], row[DEPTH], row[DATE] = WAITING, new.role, new.depth, new.date
    row[RUN], row[DUE], row[REASON] = run, NONE, ''
    write(key, row)
    count(key, row, 1)
    push('RPUSH', row[SITE], key)
    return (before == WAITING or before == FAILED) and 'queued' or 'again'
  end
  local depth, date = math.min(new.depth, row[DEPTH]), later(new.role, new.date, row[DATE])
  local nearer = depth ~= row[DEPTH] or date ~= row[DATE]
  if nearer then
    row[DEPTH], row[DATE] = depth, date
    write(key, row)
  end
  if held then return 'queued' end
  if row[STATE] == WAITING then
    -- it may have been set aside: once more in the queue does no harm
    if nearer then push('RPUSH', row[SITE], key) end
    return 'queued'
  end
  local is_due = row[DUE] ~= NONE and row[DUE] <= now
  if refresh == 'due' and is_due then
    call('ZADD', 'ready', 'NX', milliseconds(), row[SITE])
    return 'again'
  end
  if refresh == 'all' and row[RUN] < run and row[ROLE] > SITEMAP then
    if not is_due then
      row[DUE] = now
      write(key, row)
      call('ZADD', 'd:' .. row[SITE], now, key)
    end
    call('ZADD', 'ready', 'NX', milliseconds(), row[SITE])
    return 'again'
  end
  return 'known'
end

-- enters the next row of the arguments; returns what became of it
local function enter(refresh, now)
  local key, url, site = arg(), arg(), arg()
  local new = {role = number(), depth = number(), parent = arg(), date = number()}
  local row = read(key)
  if row then return enter_known(key, row, new, refresh, now) end
  row = {url, site, new.role, new.depth, new.parent, new.date, WAITING, '', run_of(site), now, 0, NONE, '', ''}
  write(key, row)
  count(key, row, 1)
  push('RPUSH', site, key)
  return 'new'
end

local function limits()
  return {pages = number(), related = number(), since = number(), till = number()}
end

-- as Limits.keeping_back; a limit that is not there is negative
local function keeping_back(row, limit)
  if row[ROLE] == SECTION and limit.pages >= 0 and row[DEPTH] >= limit.pages then return 'max_pages' end
  if row[ROLE] == ARTICLE_ROLE and limit.related >= 0 and row[DEPTH] > limit.related then
    return 'related_depth'
  end
  if row[DATE] ~= NONE and limit.since ~= NONE and row[DATE] < limit.since then return 'since' end
  if row[DATE] ~= NONE and limit.till ~= NONE and row[DATE] > limit.till then return 'until' end
  return nil
end

-- what is leased, as the caller reads it
local function leased(row)
  local parent = row[PARENT] ~= '' and read(row[PARENT])
  return {row[URL], row[SITE], row[ROLE], row[DEPTH], parent and parent[URL] or '', row[DATE], row[VALIDATOR]}
end

local MOST_LOOKED_AT = 2000 -- rows in one call: a long list of rows set aside must not hold up the others

local function take_waiting(site, most, limit, lease, taken)
  local run, looked = run_of(site), 0
  while #taken < most and looked < MOST_LOOKED_AT do
    local key = call('LPOP', 'q:' .. site)
    if not key then return end
    looked = looked + 1
    local row = read(key)
    if row and row[STATE] == WAITING and not holder_of(key) then
      if (row[REASON] ~= '' and row[RUN] >= run) or keeping_back(row, limit) then
        call('RPUSH', 'aside:' .. site, key)
      else
        hold(key, row, lease.worker, lease.till)
        taken[#taken + 1] = leased(row)
      end
    end
  end
end

-- what this run settled waits for the next one, else a slow run would never end
local function take_due(site, most, limit, lease, taken)
  local run = run_of(site)
  for _, key in ipairs(call('ZRANGEBYSCORE', 'd:' .. site, '-inf', lease.now, 'LIMIT', 0, most + 200)) do
    if #taken >= most then return end
    local row = read(key)
    if not row or row[DUE] == NONE then
      call('ZREM', 'd:' .. site, key)
    elseif row[RUN] < run and not holder_of(key) and not keeping_back(row, limit) then
      hold(key, row, lease.worker, lease.till)
      taken[#taken + 1] = leased(row)
    end
  end
end

-- adds up to *most* leases of *site* to *taken*: what waits, then what is due
local function take(site, most, limit, lease, taken)
  local before = #taken
  take_waiting(site, before + most, limit, lease, taken)
  if #taken < before + most and lease.refresh ~= 'none' then
    take_due(site, before + most, limit, lease, taken)
  end
  return #taken > before
end

-- leases that ran out: their worker is dead, or was cut off
local function void_leases(now_ms)
  local gone = call('ZRANGEBYSCORE', 'lease', '-inf', now_ms, 'LIMIT', 0, 500)
  for _, key in ipairs(gone) do give_back(key) end
  return #gone
end

local ID, VERSION, HASH, MADE_BY, WRITTEN, FILE, OFFSET, HEADLINE = 1, 2, 3, 4, 5, 6, 7, 8

local function file_number(file)
  local known = call('HGET', 'file', file)
  if known then return tonumber(known) end
  local new = call('HLEN', 'file') + 1
  call('HSET', 'file', file, new)
  call('HSET', 'files', new, file)
  return new
end

local function article_of(id)
  local packed = call('HGET', 'a' .. string.sub(id, 1, 2), string.sub(id, 3))
  return packed and cmsgpack.unpack(packed)
end

-- reads a completion from the arguments: {url key, version, hash, made by, run, file, offset, headline}
local function completion()
  local id = arg()
  local found = {'', number(), arg(), arg(), 0, file_number(arg()), number(), number()}
  return id, found
end

-- the compare-and-set: of one version of an article, one line in the output counts, the first; a later
-- version, and the same one in a later run (refresh=all), take its place. Returns the line that was first.
local function complete(id, new, run)
  local known = article_of(id)
  if known and (known[VERSION] > new[VERSION] or (known[VERSION] == new[VERSION] and known[WRITTEN] >= run
      and (known[FILE] ~= new[FILE] or known[OFFSET] ~= new[OFFSET]))) then
    return known
  end
  new[WRITTEN] = run
  call('HSET', 'a' .. string.sub(id, 1, 2), string.sub(id, 3), cmsgpack.pack(new))
  return nil
end
