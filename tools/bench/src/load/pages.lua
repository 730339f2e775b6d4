-- Asks for random pages of a filtered list and prints what came back as one JSON line.
-- Arguments: number of namespaces, pages per filter; with 0 namespaces the same path is asked every time.
local namespaces, pages, path, token = 0, 1, "", ""
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  path, token, namespaces, pages = args[1], args[2], tonumber(args[3]), tonumber(args[4])
  math.randomseed(os.time())
  bad = 0
end

function request()
  local target = path
  if namespaces > 0 then
    local space = string.format("space-%02d", math.random(0, namespaces - 1))
    local tier = math.random(0, 1) == 0 and "front" or "back"
    target = path .. "&namespace=" .. space .. "&label=tier%3D" .. tier .. "&page=" .. math.random(0, pages - 1)
  end
  return wrk.format("GET", target, { ["Authorization"] = "Bearer " .. token })
end

function response(status)
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
