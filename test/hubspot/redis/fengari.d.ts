/** As much of Lua in JavaScript as a stand-in for Redis needs. Its package has no types. */
declare module 'fengari' {
  export interface LuaState {
    readonly luaState: unique symbol;
  }
  export type LuaString = Uint8Array;
  export const lua: {
    readonly LUA_OK: number;
    readonly LUA_REGISTRYINDEX: number;
    readonly LUA_TBOOLEAN: number;
    readonly LUA_TTABLE: number;
    lua_gettop(state: LuaState): number;
    lua_settop(state: LuaState, index: number): void;
    lua_pushboolean(state: LuaState, value: boolean): void;
    lua_pushstring(state: LuaState, value: LuaString): void;
    lua_pushinteger(state: LuaState, value: number): void;
    lua_pushcfunction(state: LuaState, value: (state: LuaState) => number): void;
    lua_createtable(state: LuaState, list: number, record: number): void;
    lua_rawseti(state: LuaState, index: number, key: number): void;
    lua_rawgeti(state: LuaState, index: number, key: number): number;
    lua_rawlen(state: LuaState, index: number): number;
    lua_setfield(state: LuaState, index: number, key: LuaString): void;
    lua_setglobal(state: LuaState, name: LuaString): void;
    lua_pcall(state: LuaState, args: number, results: number, handler: number): number;
    lua_type(state: LuaState, index: number): number;
    lua_toboolean(state: LuaState, index: number): boolean;
    lua_tojsstring(state: LuaState, index: number): string;
    lua_tonumber(state: LuaState, index: number): number;
  };
  export const lauxlib: {
    luaL_newstate(): LuaState;
    luaL_loadstring(state: LuaState, text: LuaString): number;
    luaL_ref(state: LuaState, index: number): number;
    luaL_tolstring(state: LuaState, index: number): LuaString;
  };
  export const lualib: { luaL_openlibs(state: LuaState): void };
  export function to_luastring(text: string): LuaString;
  export function to_jsstring(text: LuaString): string;
}
