-- What both load scripts share: failed answers are counted, and one JSON line tells what came back.
bad = 0
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function response(status)
  if status ~= 200 then bad = bad + 1 end
end

function done(summary, latency)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  for _, thread in ipairs(threads) do failed = failed + thread:get("bad") end
  io.write(string.format(
    '{"requests":%d,"seconds":%.6f,"bytes":%d,"errors":%d,"p50":%.3f,"p99":%.3f}\n',
    summary.requests, summary.duration / 1e6, summary.bytes, failed, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3
  ))
end
