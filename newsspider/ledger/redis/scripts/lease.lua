-- worker, lease in ms, refresh, now, site, most, limits
local lease = {worker = arg(), till = milliseconds() + number(), refresh = arg(), now = number()}
local site, most, taken = arg(), number(), {}
void_leases(milliseconds())
take(site, most, limits(), lease, taken)
return taken
