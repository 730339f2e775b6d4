-- Asks for random pages of a filtered list.
-- Arguments: path, token, number of namespaces, pages per filter; with 0 namespaces the same path is asked every time.
dofile(debug.getinfo(1, "S").source:match("@(.*/)") .. "report.lua")

local namespaces, pages, path, token = 0, 1, "", ""

function init(args)
  path, token, namespaces, pages = args[1], args[2], tonumber(args[3]), tonumber(args[4])
  math.randomseed(os.time())
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
