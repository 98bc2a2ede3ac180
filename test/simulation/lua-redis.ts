/**
 * A Redis of few commands on virtual time, which runs real Lua scripts: those that count the quota are the same here as
 * on a real server. It forgets everything when it is flushed.
 */

import { type LuaState, lauxlib, lua, lualib, to_luastring } from 'fengari';
import type { Clock } from '../../src/clock.ts';

/** As Redis answers a script: integers, texts, nothing, and lists of these. */
export type RedisReply = string | number | null | readonly RedisReply[];

export interface LuaRedis {
  run(script: string, keys: readonly string[], args: readonly (string | number)[]): RedisReply;
  flush(): void;
}

type Entries = Map<string, string | SortedSet>;
type SortedSet = Map<string, number>;

export function luaRedis(clock: Clock): LuaRedis {
  const state = lauxlib.luaL_newstate();
  lualib.luaL_openlibs(state);
  const entries: Entries = new Map();
  const scripts = new Map<string, number>();

  const call = (given: LuaState): number => {
    const words = Array.from({ length: lua.lua_gettop(given) }, (_, index) => textAt(given, index + 1));
    const [command = '', ...args] = words;
    push(given, execute(entries, clock.now(), command, args));
    return 1;
  };
  lua.lua_createtable(state, 0, 2);
  for (const name of ['call', 'pcall']) {
    lua.lua_pushcfunction(state, call);
    lua.lua_setfield(state, -2, to_luastring(name));
  }
  lua.lua_setglobal(state, to_luastring('redis'));

  const list = (name: string, items: readonly (string | number)[]) => {
    lua.lua_createtable(state, items.length, 0);
    for (const [index, item] of items.entries()) {
      lua.lua_pushstring(state, to_luastring(String(item)));
      lua.lua_rawseti(state, -2, index + 1);
    }
    lua.lua_setglobal(state, to_luastring(name));
  };

  return {
    run(script, keys, args) {
      let compiled = scripts.get(script);
      if (compiled === undefined) {
        if (lauxlib.luaL_loadstring(state, to_luastring(script)) !== lua.LUA_OK) throw new Error(textAt(state, -1));
        compiled = lauxlib.luaL_ref(state, lua.LUA_REGISTRYINDEX);
        scripts.set(script, compiled);
      }
      list('KEYS', keys);
      list('ARGV', args);
      lua.lua_rawgeti(state, lua.LUA_REGISTRYINDEX, compiled);
      if (lua.lua_pcall(state, 0, 1, 0) !== lua.LUA_OK) throw new Error(textAt(state, -1));
      const reply = replyAt(state, -1);
      lua.lua_settop(state, 0);
      return reply;
    },
    flush: () => entries.clear(),
  };
}

/** Lua's numbers reach Redis as texts: whole ones without a point. */
function textAt(state: LuaState, place: number): string {
  if (lua.lua_type(state, place) !== lua.LUA_TNUMBER) return lua.lua_tojsstring(state, place);
  const number = lua.lua_tonumber(state, place);
  return Number.isInteger(number) ? number.toFixed(0) : String(number);
}

/** Redis's answers in Lua: nothing is `false`, a list is a table. */
function push(state: LuaState, reply: RedisReply): void {
  if (reply === null) lua.lua_pushboolean(state, false);
  else if (typeof reply === 'number') lua.lua_pushinteger(state, reply);
  else if (typeof reply === 'string') lua.lua_pushstring(state, to_luastring(reply));
  else {
    lua.lua_createtable(state, reply.length, 0);
    for (const [index, item] of reply.entries()) {
      push(state, item);
      lua.lua_rawseti(state, -2, index + 1);
    }
  }
}

/** Lua's values as Redis answers them: numbers lose what is behind the point, `true` is 1, `false` nothing. */
function replyAt(state: LuaState, place: number): RedisReply {
  switch (lua.lua_type(state, place)) {
    case lua.LUA_TNUMBER:
      return Math.trunc(lua.lua_tonumber(state, place));
    case lua.LUA_TSTRING:
      return lua.lua_tojsstring(state, place);
    case lua.LUA_TBOOLEAN:
      return lua.lua_toboolean(state, place) ? 1 : null;
    case lua.LUA_TTABLE: {
      const items: RedisReply[] = [];
      for (let index = 1; index <= lua.lua_rawlen(state, place); index += 1) {
        lua.lua_rawgeti(state, place, index);
        items.push(replyAt(state, lua.lua_gettop(state)));
        lua.lua_settop(state, lua.lua_gettop(state) - 1);
      }
      return items;
    }
    default:
      return null;
  }
}

function execute(entries: Entries, now: number, command: string, args: readonly string[]): RedisReply {
  const [key = '', first = '', second = ''] = args;
  const sorted = (): SortedSet => {
    const found = entries.get(key);
    if (typeof found === 'string') throw new Error(`${key} holds a text.`);
    return found ?? new Map();
  };
  const keep = (set: SortedSet) => void (set.size === 0 ? entries.delete(key) : entries.set(key, set));
  switch (command) {
    case 'TIME':
      return [String(Math.floor(now / 1000)), String((now % 1000) * 1000)];
    case 'GET': {
      const found = entries.get(key);
      return typeof found === 'string' ? found : null;
    }
    case 'SET':
      entries.set(key, first);
      return 'OK';
    case 'ZADD': {
      const set = sorted();
      const added = set.has(second) ? 0 : 1;
      keep(set.set(second, score(first)));
      return added;
    }
    case 'ZREM': {
      const set = sorted();
      const removed = set.delete(first) ? 1 : 0;
      keep(set);
      return removed;
    }
    case 'ZSCORE': {
      const found = sorted().get(first);
      return found === undefined ? null : String(found);
    }
    case 'ZCARD':
      return sorted().size;
    case 'ZCOUNT':
      return [...sorted().values()].filter((each) => each >= score(first) && each <= score(second)).length;
    case 'ZRANGE':
      return [...sorted()]
        .toSorted(([a, x], [b, y]) => x - y || (a < b ? -1 : 1))
        .slice(Number(first), Number(second) + 1)
        .flatMap(([member, value]) => [member, String(value)]);
    case 'ZREMRANGEBYSCORE': {
      const set = sorted();
      const gone = [...set].filter(([, value]) => value >= score(first) && value <= score(second));
      for (const [member] of gone) set.delete(member);
      keep(set);
      return gone.length;
    }
    default:
      throw new Error(`This Redis knows no ${command}.`);
  }
}

function score(text: string): number {
  if (text === '-inf') return Number.NEGATIVE_INFINITY;
  return text === '+inf' ? Number.POSITIVE_INFINITY : Number(text);
}
