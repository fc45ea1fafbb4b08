-- worker; its leases go back
local worker = arg()
for _, key in ipairs(call('ZRANGE', 'lease', 0, -1)) do
  if holder_of(key) == worker then give_back(key) end
end
for _, site in ipairs(call('HKEYS', 'sites:' .. worker)) do
  call('SREM', 'crew:' .. site, worker)
  -- sites that were kept for this worker's fetches are free again; where nothing waits they leave the list
  local at = call('ZSCORE', 'ready', site)
  if at and call('EXISTS', 'q:' .. site) == 0 then call('ZREM', 'ready', site) end
end
call('DEL', 'sites:' .. worker)
call('ZREM', 'alive', worker)
