-- worker, lease in ms, keys; a lease that Redis forgot, for it was stopped, is taken again
local worker, lease_ms = arg(), number()
local till = milliseconds() + lease_ms
call('ZADD', 'alive', till, worker)
for _ = 1, number() do
  local key = arg()
  local row, held = read(key), holder_of(key)
  if row and (held == worker or not held and row[STATE] == WAITING) then
    hold(key, row, worker, till)
    local one_at_a_time = (call('HGET', 'sites:' .. worker, row[SITE]) or '0') ~= '0'
    local at = tonumber(call('ZSCORE', 'ready', row[SITE]) or till)
    if one_at_a_time and at > till - lease_ms then call('ZADD', 'ready', till, row[SITE]) end
  end
end
