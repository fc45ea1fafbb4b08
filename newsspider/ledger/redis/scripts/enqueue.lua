-- refresh, now, rows, then each row: key, url, site, role, depth, parent's key, date
local refresh, now, rows = arg(), number(), number()
local admissions = {}
for i = 1, rows do admissions[i] = enter(refresh, now) end
return admissions
