-- rows, then each: key, reason, date; this run has passed them by
for _ = 1, number() do
  local key, reason, date = arg(), arg(), number()
  local row = read(key)
  if row then
    let_go(key, row)
    count(key, row, -1)
    row[RUN] = run_of(row[SITE])
    if date ~= NONE then row[DATE] = date end
    if row[STATE] == WAITING then
      row[REASON] = reason
      call('RPUSH', 'aside:' .. row[SITE], key)
    elseif row[DUE] ~= NONE then
      call('ZADD', 'd:' .. row[SITE], row[DUE], key)
    end
    write(key, row)
    count(key, row, 1)
  end
end
