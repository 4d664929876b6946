-- What wrk sends. One of: plain GETs; with TOKENS, GETs with bearer tokens in turn, of which every COLD_EVERY-th comes from COLD
-- and is never used twice; with BODIES, POSTs of JSON in turn, each with its line of COOKIES; with PATHS, GETs of these in turn.
local env = os.getenv
local function lines(name)
  local file = env(name)
  local found = {}
  if file then for line in io.lines(file) do found[#found + 1] = line end end
  return found
end
local token_lines, cold_lines, bodies, paths = lines("TOKENS"), lines("COLD"), lines("BODIES"), lines("PATHS")
local cookies = lines("COOKIES")
local cold_every = tonumber(env("COLD_EVERY") or "0")
local sent, cold_sent, warm_sent = 0, 0, 0
local plain, warm, posts, gets = nil, {}, {}, {}
local first = tonumber(env("FIRST") or "0")

local function bearer(token) return wrk.format("GET", nil, { Authorization = "Bearer " .. token }) end

function init(arguments)
  plain = wrk.format("GET")
  local headers = {}
  if env("BEARER") then headers["Authorization"] = "Bearer " .. env("BEARER") end
  for i, token in ipairs(token_lines) do warm[i] = bearer(token) end
  for i, path in ipairs(paths) do gets[i] = wrk.format("GET", path, headers) end
  for i, body in ipairs(bodies) do
    local headers = { ["Content-Type"] = env("TYPE") or "application/json", Cookie = cookies[i], Origin = env("ORIGIN") }
    posts[i] = wrk.format("POST", nil, headers, body)
  end
  if #bodies == 0 then
    for i, cookie in ipairs(cookies) do gets[i] = wrk.format("GET", nil, { Cookie = cookie }) end
  end
end

function request()
  sent = sent + 1
  if cold_every > 0 and sent % cold_every == 0 then
    cold_sent = cold_sent + 1
    return bearer(cold_lines[cold_sent])
  end
  if #warm > 0 then
    warm_sent = warm_sent % #warm + 1
    return warm[warm_sent]
  end
  if #posts > 0 then return posts[(first + sent) % #posts + 1] end
  if #gets > 0 then return gets[(first + sent) % #gets + 1] end
  return plain
end

-- The first bad answer is shown, so that a failed run says why.
local shown = false
if env("SHOW") then
  function response(status, headers, body)
    if status >= 300 and not shown then shown = true; print(status, body) end
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("@ %.1f %.3f %.3f %d\n", summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000,
    latency:percentile(99) / 1000, errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
