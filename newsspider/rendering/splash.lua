-- What Splash does with one page; the same as visit.py has Chromium do.
-- args: url, headers, ready, more, steps, private, hosts, ad_hosts, page_script, look_seconds, calm_seconds, patience

-- of the functions that know patterns Splash's sandbox has find() only, and strings have no methods
local find, sub = string.find, string.sub

local function match(text, pattern)
  local found = {find(text, pattern)}
  if not found[1] then return nil end
  if #found > 2 then return found[3], found[4], found[5], found[6] end
  return sub(text, found[1], found[2])
end

local function host_of(url)
  local authority = match(url, "^https?://([^/?#]*)")
  if not authority then return nil end
  local _, at = find(authority, "^.*@")
  authority = string.lower(sub(authority, (at or 0) + 1))
  local host = match(authority, "^%[(.*)%]") or match(authority, "^[^:]*")
  return match(host, "^(.-)%.?$")
end

-- an address or a name that means nothing outside a machine or a network; IPv6 addresses are no news site's
local function is_private(host)
  if find(host, ":", 1, true) or host == "localhost" then return true end
  for _, ending in ipairs({".localhost", ".local", ".internal"}) do
    if sub(host, -#ending) == ending then return true end
  end
  local a, b, c, d = match(host, "^(%d+)%.(%d+)%.(%d+)%.(%d+)$")
  if not a then
    -- 127.1, 2130706433 and 0x7f000001 are addresses too
    local last = match(host, "([^.]*)$")
    return match(last, "^%d+$") ~= nil or match(last, "^0x%x*$") ~= nil
  end
  a, b = tonumber(a), tonumber(b)
  return a == 0 or a == 10 or a == 127 or a >= 224 or (a == 100 and b >= 64 and b < 128) or (a == 169 and b == 254)
    or (a == 172 and b >= 16 and b < 32) or (a == 192 and b == 168) or (a == 198 and (b == 18 or b == 19))
end

local function is_ad(host, ads)
  while host do
    if ads[host] then return true end
    host = match(host, "^[^.]*%.(.+)$")
  end
  return false
end

local function is_font(url)
  local path = match(url, "^[^?#]*")
  return match(path, "%.woff2?$") or match(path, "%.ttf$") or match(path, "%.otf$") or match(path, "%.eot$")
end

local function may_load(url, args, ads, own)
  local scheme = match(url, "^(%a+):")
  if scheme == "data" or scheme == "about" or scheme == "blob" then return true end
  local host = host_of(url)
  if not host or host == "" or is_font(url) or is_ad(host, ads) then return false end
  return args.private or own[host] or not is_private(host)
end

local function guard(splash, args)
  local ads, own = {}, {}
  for _, host in ipairs(args.ad_hosts) do ads[host] = true end
  for _, host in ipairs(args.hosts) do own[host] = true end
  splash:on_request(function(request)
    -- a mistake in here must not let anything through
    local judged, may = pcall(may_load, request.url, args, ads, own)
    if not (judged and may) then request:abort() end
  end)
end

function main(splash, args)
  splash.images_enabled = false
  splash.plugins_enabled = false
  guard(splash, args)
  splash:init_cookies(args.cookies or {})
  if args.headers["User-Agent"] then splash:set_user_agent(args.headers["User-Agent"]) end

  local ok, reason = splash:go{args.url, headers=args.headers}
  if not ok and not match(reason, "^http%d") then return {error=reason} end

  function call(name, argument)
    local source = "(function () { return " .. args.page_script .. "; })()"
    local run = splash:jsfunc("function (argument) { return " .. source .. "." .. name .. "(argument); }")
    return run(argument)
  end

  -- wait until the page is there, or calm, or has more than `links` links; the number of them, nil if it has not
  function settle(links)
    local size, calm, waited = -1, 0, 0
    while waited < args.patience do
      local seen = call("look", args.ready)
      if seen.size ~= size or seen.clicked then
        size, calm = seen.size, 0
      elseif (links and seen.links > links) or (not links and seen.there) then
        return seen.links
      elseif calm >= args.calm_seconds then
        return not links and seen.links or nil
      end
      splash:wait(args.look_seconds)
      calm, waited = calm + args.look_seconds, waited + args.look_seconds
    end
    return not links and 0 or nil
  end

  local more_left = false
  if ok then
    local links = settle(nil)
    for step = 1, args.steps do
      local done = call("grow", args.more)
      links = done ~= "" and settle(links) or nil
      if not links then break end
      more_left = step == args.steps and (done == "scrolled" or call("hasMore", args.more))
    end
  end

  -- the history of a page that is not there may be empty
  local refused = not ok and tonumber(match(reason, "^http(%d+)"))
  local history = splash:history()
  local last = history[#history]
  return {
    url = splash:url(),
    http_status = refused or last and last.response.status or 200,
    headers = last and last.response.headers or {},
    cookies = splash:get_cookies(),
    html = splash:html(),
    more_left = more_left
  }
end
