/** A Redis of this process on a clock of the test: it runs the very scripts, and knows only the commands that they use. */

import { type LuaState, lauxlib, lua, lualib, to_luastring } from 'fengari';
import type { Clock } from '../../../src/clock.ts';
import { sleep } from '../../../src/clock.ts';
import type { RedisLink } from '../../../src/hubspot/redis/link.ts';
import type { COMMANDS, ScriptName } from '../../../src/hubspot/redis/scripts.ts';
import { SCRIPTS } from '../../../src/hubspot/redis/scripts.ts';

export interface LuaRedis {
  /** Every script of each link takes as long, half of it on each way. */
  link(latencyMs?: () => number): RedisLink;
  /** Forgets everything, as FLUSHALL does, or a restart of a Redis that keeps nothing. */
  flush(): void;
  /** Remembers how things stand, as a dump on disk does; the function that it gives starts Redis again with that. */
  dump(): () => void;
  /** `refusing`: as when nobody listens. `frozen`: nothing is answered; what was asked is done when it thaws. */
  be(state: 'well' | 'refusing' | 'frozen'): void;
  /** The sorted set at the first key that ends so, by member. */
  sortedSet(suffix: string): ReadonlyMap<string, number>;
}

type Reply = string | number | boolean | readonly string[];
type SortedSet = Map<string, number>;

/** @param scripts the product's, or some that were broken on purpose */
export function createLuaRedis(clock: Clock, scripts: Readonly<Record<ScriptName, string>> = SCRIPTS): LuaRedis {
  const values = new Map<string, string>();
  const sets = new Map<string, SortedSet>();
  const now: { state: 'well' | 'refusing' | 'frozen' } = { state: 'well' };
  let thawed: (() => void)[] = [];
  let run = 1;

  const setAt = (key: string): SortedSet => {
    const known = sets.get(key) ?? new Map();
    sets.set(key, known);
    return known;
  };
  const commands: Record<(typeof COMMANDS)[number], (key: string, ...args: string[]) => Reply> = {
    TIME: () => [String(Math.floor(clock.now() / 1000)), String(Math.floor((clock.now() % 1000) * 1000))],
    INFO: () => `redis_version:7.0.15\r\nrun_id:${run.toString(16).padStart(40, '0')}\r\n`,
    GET: (key) => values.get(key) ?? false,
    SET(key, value = '') {
      values.set(key, value);
      return 'OK';
    },
    ZADD(key, score, member = '') {
      const set = setAt(key);
      const added = set.has(member) ? 0 : 1;
      set.set(member, bound(score));
      return added;
    },
    ZREM: (key, member = '') => (setAt(key).delete(member) ? 1 : 0),
    ZSCORE(key, member = '') {
      const score = setAt(key).get(member);
      return score === undefined ? false : String(score);
    },
    ZCARD: (key) => setAt(key).size,
    ZCOUNT: (key, least, most) =>
      [...setAt(key).values()].filter((score) => score >= bound(least) && score <= bound(most)).length,
    ZRANGEBYSCORE(key, least, most) {
      const within = [...setAt(key)].filter(([, score]) => score >= bound(least) && score <= bound(most));
      const [first] = within.toSorted(([, a], [, b]) => a - b);
      return first ? [first[0], String(first[1])] : [];
    },
    ZREMRANGEBYSCORE(key, least, most) {
      const gone = [...setAt(key)].filter(([, score]) => score >= bound(least) && score <= bound(most));
      for (const [member] of gone) setAt(key).delete(member);
      return gone.length;
    },
  };

  const isCommand = (name: string): name is (typeof COMMANDS)[number] => name in commands;
  const call: Call = (name, args) => {
    if (!isCommand(name)) throw new Error(`the stand-in for Redis does not know ${name}`);
    const [key = '', ...rest] = args;
    return commands[name](key, ...rest);
  };

  return {
    link: (latencyMs = () => 0) => ({
      async run(script, keys, args) {
        if (now.state === 'refusing') throw new Error('connection refused');
        await travel(clock, latencyMs() / 2);
        while (now.state === 'frozen') await new Promise<void>((resolve) => void thawed.push(resolve));
        machine ??= createMachine();
        const answer = machine(scripts[script], keys, args.map(String), call);
        await travel(clock, latencyMs() / 2);
        return answer;
      },
      close: async () => {},
    }),
    flush() {
      values.clear();
      sets.clear();
    },
    dump() {
      const kept = { values: [...values], sets: [...sets].map(([key, set]) => [key, [...set]] as const) };
      return () => {
        run += 1;
        values.clear();
        sets.clear();
        for (const [key, value] of kept.values) values.set(key, value);
        for (const [key, set] of kept.sets) sets.set(key, new Map(set));
      };
    },
    be(next) {
      now.state = next;
      if (next === 'frozen') return;
      for (const go of thawed.splice(0)) go();
      thawed = [];
    },
    sortedSet: (suffix) => [...sets].find(([key]) => key.endsWith(suffix))?.[1] ?? new Map(),
  };
}

type Call = (name: string, args: string[]) => Reply;
type Machine = (text: string, keys: readonly string[], args: readonly string[], call: Call) => string[];

/** Numbers are doubles in the Lua of Redis. Here whole ones have 32 bits, and a time in milliseconds would run over. */
const DOUBLES = `
local number, floor = tonumber, math.floor
function tonumber(text)
  local read = number(text)
  return read and read + 0.0
end
function math.floor(value)
  return floor(value) + 0.0
end
`;

/** One for all, as a script leaves nothing behind in it: to make one and to read the scripts takes longer than to run them. */
let machine: Machine | undefined;

function createMachine(): Machine {
  const state = lauxlib.luaL_newstate();
  lualib.luaL_openlibs(state);
  check(state, lauxlib.luaL_loadstring(state, to_luastring(DOUBLES)));
  check(state, lua.lua_pcall(state, 0, 0, 0));
  const compiled = new Map<string, number>();
  let current: Call | undefined;

  const push = (value: Reply) => {
    if (typeof value === 'boolean') lua.lua_pushboolean(state, value);
    else if (typeof value === 'number') lua.lua_pushinteger(state, value);
    else if (typeof value === 'string') lua.lua_pushstring(state, to_luastring(value));
    else pushList(state, value);
  };
  lua.lua_createtable(state, 0, 1);
  lua.lua_pushcfunction(state, (running: LuaState) => {
    const count = lua.lua_gettop(running);
    const said = Array.from({ length: count }, (_, index) => lua.lua_tojsstring(running, index + 1));
    const [name = '', ...args] = said;
    lua.lua_settop(running, 0);
    if (current === undefined) throw new Error(`${name} is called by no script`);
    push(current(name, args));
    return 1;
  });
  lua.lua_setfield(state, -2, to_luastring('call'));
  lua.lua_setglobal(state, to_luastring('redis'));

  const compile = (text: string): number => {
    const known = compiled.get(text);
    if (known !== undefined) return known;
    check(state, lauxlib.luaL_loadstring(state, to_luastring(text)));
    const reference = lauxlib.luaL_ref(state, lua.LUA_REGISTRYINDEX);
    compiled.set(text, reference);
    return reference;
  };

  return (text, keys, args, call) => {
    current = call;
    const reference = compile(text);
    pushList(state, keys);
    lua.lua_setglobal(state, to_luastring('KEYS'));
    pushList(state, args);
    lua.lua_setglobal(state, to_luastring('ARGV'));
    lua.lua_rawgeti(state, lua.LUA_REGISTRYINDEX, reference);
    check(state, lua.lua_pcall(state, 0, 1, 0));
    const answer = Array.from({ length: lua.lua_rawlen(state, -1) }, (_, index) => {
      lua.lua_rawgeti(state, -1, index + 1);
      const item = lua.lua_tojsstring(state, -1);
      lua.lua_settop(state, -2);
      return item;
    });
    lua.lua_settop(state, 0);
    return answer;
  };
}

function pushList(state: LuaState, list: readonly string[]): void {
  lua.lua_createtable(state, list.length, 0);
  for (const [index, item] of list.entries()) {
    lua.lua_pushstring(state, to_luastring(item));
    lua.lua_rawseti(state, -2, index + 1);
  }
}

function check(state: LuaState, status: number): void {
  if (status !== lua.LUA_OK) throw new Error(lua.lua_tojsstring(state, -1));
}

const bound = (text: string | undefined) => Number(text?.replace(/inf$/, 'Infinity'));

async function travel(clock: Clock, ms: number): Promise<void> {
  if (ms > 0) await sleep(clock, ms);
}
