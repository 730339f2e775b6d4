-- Posts random lines of a file and prints what came back as one JSON line. Arguments: path, token, file of bodies.
local bodies, path, token = {}, "", ""
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  path, token = args[1], args[2]
  for line in io.lines(args[3]) do table.insert(bodies, line) end
  math.randomseed(os.time())
  bad = 0
end

function request()
  local headers = { ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json" }
  return wrk.format("POST", path, headers, bodies[math.random(#bodies)])
end

function response(status, headers, body)
  if status ~= 200 then bad = bad + 1 end
end

function done(summary, latency)
  local bad = 0
  for _, thread in ipairs(threads) do bad = bad + thread:get("bad") end
  local errors = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format(
    '{"requests":%d,"seconds":%.6f,"bytes":%d,"errors":%d,"p50":%.3f,"p99":%.3f}\n',
    summary.requests, summary.duration / 1e6, summary.bytes, bad + errors, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3
  ))
end
