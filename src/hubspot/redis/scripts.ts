/**
 * What is done in Redis, in Lua: each script takes or changes everything it is about at once. Time is Redis' own, so that
 * the clocks of the processes do not matter. All keys of one portal carry the same hash tag, so that a cluster keeps them
 * on one node.
 *
 * Per budget: `log`, a sorted set of the slots that are held, by the millisecond in which each is free again (and three
 * marks: the run of the Redis that keeps it, without an end; `cold` and `frozen` until some time); `answered`, the slots whose answer has come, by the
 * millisecond in which they were taken; `facts`, numbers. For the portal: `day`, numbers; `peers`, the processes that
 * share it, by when each is forgotten.
 */

/** Every command that the scripts use: what a stand-in for Redis has to know. */
export const COMMANDS = [
  'TIME',
  'INFO',
  'GET',
  'SET',
  'ZADD',
  'ZREM',
  'ZSCORE',
  'ZCARD',
  'ZCOUNT',
  'ZRANGEBYSCORE',
  'ZREMRANGEBYSCORE',
] as const;

const COMMON = `
local call = redis.call

local function present()
  local time = call('TIME')
  return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end

-- Exact, where tostring() would turn to exponents.
local function text(number)
  return string.format('%.0f', number)
end

local function numbers(key)
  local found = {}
  for number in string.gmatch(call('GET', key) or '', '%-?%d+') do
    found[#found + 1] = tonumber(number)
  end
  return found
end

local function save(key, list)
  local words = {}
  for i = 1, #list do words[i] = text(list[i]) end
  call('SET', key, table.concat(words, ' '))
end

-- Counters begin at the time of day, so that those of slots from before a loss are always smaller.
local function readFacts(key, limit, window, now)
  local n = numbers(key)
  return {
    limit = n[1] or limit, window = n[2] or window, others = n[3] or 0, othersUntil = n[4] or 0,
    taken = n[5] or now, answered = n[6] or now, evenAt = n[7] or 0,
  }
end

local function saveFacts(key, f)
  save(key, { f.limit, f.window, f.others, f.othersUntil, f.taken, f.answered, f.evenAt })
end

-- What HubSpot will have counted is base + count; known says whether a limit is known.
local function readDay(key, now)
  local n = numbers(key)
  return { limit = n[1] or -1, base = n[2] or 0, asOf = n[3] or now, closed = n[4] or 0, count = n[5] or now, probeAt = n[6] or 0 }
end

local function saveDay(key, d)
  save(key, { d.limit, d.base, d.asOf, d.closed, d.count, d.probeAt })
end

local function othersIn(f, now)
  return now < f.othersUntil and f.others or 0
end

local function untilOf(log, mark)
  return tonumber(call('ZSCORE', log, mark) or 0)
end

local function extend(log, mark, till)
  if till > untilOf(log, mark) then call('ZADD', log, text(till), mark) end
end

-- A log without its mark is new, or what it held is lost. A Redis that was started again, or another that takes its
-- place, has a run of its own: what it remembers may lack the last moments. Then every slot may be in use.
local function guard(log, now, coldMs)
  -- epoch guard
  local run = 'run:' .. (string.match(call('INFO', 'server'), 'run_id:(%x+)') or '')
  if not call('ZSCORE', log, run) then
    call('ZREMRANGEBYSCORE', log, '+inf', '+inf')
    call('ZADD', log, '+inf', run)
    extend(log, 'cold', now + coldMs)
  end
  -- end of the epoch guard
end

-- Slots that are held; marks are not among them when neither is set.
local function heldIn(log, now)
  call('ZREMRANGEBYSCORE', log, '-inf', text(now))
  return call('ZCOUNT', log, '-inf', '9e15')
end
`;

/** Keys: log, answered, facts, day, peers. */
const TAKE = `${COMMON}
local log, answeredKey, factsKey, dayKey, peers = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local slot, leftMs, even = ARGV[1], tonumber(ARGV[2]), ARGV[3] == '1'
local share, coldMs, probeMs = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local now = present()
local f = readFacts(factsKey, tonumber(ARGV[4]), tonumber(ARGV[5]), now)
guard(log, now, coldMs)
local held = heldIn(log, now)
local closedUntil = math.max(untilOf(log, 'cold'), untilOf(log, 'frozen'))
if closedUntil > now then return { 'wait', text(closedUntil - now), '0' } end

local others = othersIn(f, now)
if held + others >= f.limit then
  local till = now + f.window
  local first = call('ZRANGEBYSCORE', log, '-inf', '9e15', 'WITHSCORES', 'LIMIT', '0', '1')
  if first[1] then till = math.min(till, tonumber(first[2])) end
  if others > 0 then till = math.min(till, f.othersUntil) end
  return { 'wait', text(math.max(1, till - now)), '0' }
end
if even and now < f.evenAt then return { 'wait', text(f.evenAt - now), '1' } end

local d = readDay(dayKey, now)
if d.closed == 1 or (d.limit >= 0 and d.base + d.count - d.asOf >= math.floor(d.limit * share)) then
  if now < d.probeAt then return { 'day' } end
  d.probeAt = now + probeMs
end
d.count = d.count + 1
f.taken = f.taken + 1
f.evenAt = math.min(now + f.window, math.max(now, f.evenAt) + math.floor(f.window / f.limit))
call('ZADD', log, text(now + leftMs + f.window), slot)
saveFacts(factsKey, f)
saveDay(dayKey, d)
return {
  'slot', text(now), text(held + 1), text(f.taken), text(f.answered), text(d.count),
  text(f.limit), text(f.window), text(math.max(0, f.limit - held - 1 - others)), text(call('ZCARD', peers)),
  text(d.limit), text(d.base + d.count - d.asOf),
}
`;

/**
 * Ends a slot: nothing was sent, or HubSpot answered, or no answer came. Other users of the portal are seen as in
 * `window.ts`: of what HubSpot has counted, at most `possibly` and at least `surely` are our own calls.
 * Keys: log, answered, facts, day.
 */
const END = `${COMMON}
local log, answeredKey, factsKey, dayKey = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local slot, ending = ARGV[1], ARGV[2]
local takenAt, heldThen, takenThen, answeredThen = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local dayThen = tonumber(ARGV[7])
local limit, remaining, window = tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10])
local dayLimit, dayRemaining, dayOver = tonumber(ARGV[13]), tonumber(ARGV[14]), ARGV[15] == '1'
local arrivalMs, probeMs = tonumber(ARGV[16]), tonumber(ARGV[17])
local now = present()
local f = readFacts(factsKey, tonumber(ARGV[11]), tonumber(ARGV[12]), now)
local d = readDay(dayKey, now)

if ending == 'not_sent' then
  if call('ZREM', log, slot) == 1 then
    d.base = d.base - 1
    saveDay(dayKey, d)
  end
  return {}
end

if limit > 0 then f.limit = limit end
if window > 0 then f.window = window end
local counted = now
if ending == 'lost' then counted = now + arrivalMs end
call('ZADD', log, text(counted + f.window + 1), slot)

if ending == 'answered' then
  f.answered = f.answered + 1
  call('ZADD', answeredKey, text(takenAt), slot)
  call('ZREMRANGEBYSCORE', answeredKey, '-inf', text(now - f.window))
  if remaining >= 0 then
    local used = math.max(0, f.limit - remaining)
    local possibly = heldThen + (f.taken - takenThen)
    local surely = 1 + math.max(0, call('ZCARD', answeredKey) - (f.answered - answeredThen))
    local atLeast, atMost = math.max(0, used - possibly), math.max(0, used - surely)
    f.others = math.min(math.max(othersIn(f, now), atLeast), atMost)
    f.othersUntil = now + f.window
  end
  if dayOver then
    d.closed = 1
    d.probeAt = now + probeMs
  elseif dayThen > d.asOf then
    d.closed = 0
  end
  if dayThen > d.asOf then
    if dayLimit >= 0 then
      d.limit = dayLimit
      d.base = dayLimit - dayRemaining
    else
      d.base = d.base + dayThen - d.asOf
    end
    d.asOf = dayThen
  end
  saveDay(dayKey, d)
end
saveFacts(factsKey, f)
return {}
`;

/** What one process has learnt and all have to know. Keys: log, facts, day. */
const TELL = `${COMMON}
local now = present()
local what, first, second = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local f = readFacts(KEYS[2], tonumber(ARGV[4]), tonumber(ARGV[5]), now)
if what == 'freeze' then
  extend(KEYS[1], 'frozen', now + first)
elseif what == 'limit' then
  f.limit = first
  saveFacts(KEYS[2], f)
elseif what == 'day' then
  local d = readDay(KEYS[3], now)
  if d.limit < 0 then
    d.limit = first
    d.base = first - second
    d.asOf = d.count
    saveDay(KEYS[3], d)
  end
end
return {}
`;

/**
 * The sign of life of a process, and how things stand. One that was away closes every log for `pauseMs`, if that is long.
 * Keys: day, peers, then log and facts of each budget.
 * Arguments: peer, peerMs, pauseMs, coldMs, then limit and window of each budget.
 */
const MEET = `${COMMON}
local now = present()
local dayKey, peers = KEYS[1], KEYS[2]
local pauseMs, coldMs = tonumber(ARGV[3]), tonumber(ARGV[4])
call('ZREMRANGEBYSCORE', peers, '-inf', text(now))
call('ZADD', peers, text(now + tonumber(ARGV[2])), ARGV[1])
local d = readDay(dayKey, now)
local coldUntil = now
local said = { text(call('ZCARD', peers)), text(d.limit), text(d.base + d.count - d.asOf), '0' }
for i = 1, (#KEYS - 2) / 2 do
  local log = KEYS[1 + 2 * i]
  guard(log, now, coldMs)
  if pauseMs > 0 then extend(log, 'cold', now + pauseMs) end
  local f = readFacts(KEYS[2 + 2 * i], tonumber(ARGV[3 + 2 * i]), tonumber(ARGV[4 + 2 * i]), now)
  local free = f.limit - heldIn(log, now) - othersIn(f, now)
  if math.max(untilOf(log, 'cold'), untilOf(log, 'frozen')) > now then free = 0 end
  coldUntil = math.max(coldUntil, untilOf(log, 'cold'))
  said[#said + 1] = text(f.limit)
  said[#said + 1] = text(f.window)
  said[#said + 1] = text(math.max(0, free))
end
said[4] = text(coldUntil - now)
return said
`;

/** A process that ends. Keys: peers. */
const LEAVE = `redis.call('ZREM', KEYS[1], ARGV[1]) return {}`;

/** The text of each script; the docblocks above say what each is given. */
export const SCRIPTS = { take: TAKE, end: END, tell: TELL, meet: MEET, leave: LEAVE } as const;

export type ScriptName = keyof typeof SCRIPTS;
