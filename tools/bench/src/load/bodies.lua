-- Posts random lines of a file. Arguments: path, token, file of bodies.
dofile(debug.getinfo(1, "S").source:match("@(.*/)") .. "report.lua")

local bodies, path, token = {}, "", ""

function init(args)
  path, token = args[1], args[2]
  for line in io.lines(args[3]) do table.insert(bodies, line) end
  math.randomseed(os.time())
end

function request()
  local headers = { ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json" }
  return wrk.format("POST", path, headers, bodies[math.random(#bodies)])
end
