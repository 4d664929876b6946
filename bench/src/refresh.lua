-- Refreshes tokens: takes the oldest token in hand, sends it, and puts its successor out of the answer at the end. So each of the
-- families in TOKENS moves on by one in turn, and no token is ever sent twice.
local queue, head, tail = {}, 1, 0
local bad_body = 0

function init(arguments)
  for line in io.lines(os.getenv("TOKENS")) do tail = tail + 1; queue[tail] = line end
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
end

function request()
  local token = queue[head]
  queue[head] = nil
  head = head + 1
  return wrk.format(nil, nil, nil, '{"refresh_token":"' .. token .. '"}')
end

function response(status, headers, body)
  local token = body:match('"refreshToken":"([^"]+)"') or body:match('"refresh_token":"([^"]+)"')
  if status == 200 and token then
    tail = tail + 1
    queue[tail] = token
  elseif bad_body == 0 then
    bad_body = 1
    print(status, body)
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("@ %.1f %.3f %.3f %d\n", summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000,
    latency:percentile(99) / 1000, errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
