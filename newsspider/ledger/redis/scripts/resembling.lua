-- id, sketch, day, first day that counts, likeness that counts, bands, then each band; returns the id of an earlier article, or none
-- sketches are kept by months of 30 days, whose keys expire when none of their days counts any more
local MONTH, MOST = 30, 50
local id, sketch, day, first, ALIKE = arg(), arg(), number(), number(), number()
local bands = {}
for i = 1, number() do bands[i] = number() end

local function likeness(one, other)
  local same = 0
  for i = 1, #one do if string.byte(one, i) == string.byte(other, i) then same = same + 1 end end
  return same / #one
end

local function bucket(kind, month, n) return kind .. month .. ':' .. math.floor(n / 256) end

local alike
for month = math.floor(first / MONTH), math.floor(day / MONTH) do
  local seen, looked = {}, 0
  for _, band in ipairs(bands) do
    local packed = call('HGET', bucket('b', month, band), band % 256)
    for _, n in ipairs(packed and cmsgpack.unpack(packed) or {}) do
      if not seen[n] and looked < MOST then
        seen[n], looked = true, looked + 1
        local kept = call('HGET', bucket('s', month, n), n % 256)
        local known = kept and cmsgpack.unpack(kept)
        if known and known[2] >= first and likeness(sketch, known[3]) >= ALIKE then
          if known[1] == id then return false end
          if not alike or n < alike[1] then alike = {n, known[1]} end
        end
      end
    end
  end
  if alike then return alike[2] end
end

local month = math.floor(day / MONTH)
local n = call('INCR', 'sketches')
local expires = 5 * MONTH * 86400
call('HSET', bucket('s', month, n), n % 256, cmsgpack.pack({id, day, sketch}))
call('EXPIRE', bucket('s', month, n), expires)
for _, band in ipairs(bands) do
  local key = bucket('b', month, band)
  local packed = call('HGET', key, band % 256)
  local numbers = packed and cmsgpack.unpack(packed) or {}
  table.insert(numbers, 1, n)
  numbers[MOST + 1] = nil
  call('HSET', key, band % 256, cmsgpack.pack(numbers))
  call('EXPIRE', key, expires)
end
return false
