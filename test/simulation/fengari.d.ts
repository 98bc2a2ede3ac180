/** As much of Lua in JavaScript as the simulation's Redis uses. */
declare module 'fengari' {
  interface LuaState {
    readonly luaState: unique symbol;
  }
  type LuaString = Uint8Array;
  type LuaFunction = (state: LuaState) => number;
  export const lua: {
    readonly LUA_OK: number;
    readonly LUA_REGISTRYINDEX: number;
    readonly LUA_TNIL: number;
    readonly LUA_TBOOLEAN: number;
    readonly LUA_TNUMBER: number;
    readonly LUA_TSTRING: number;
    readonly LUA_TTABLE: number;
    lua_gettop(state: LuaState): number;
    lua_settop(state: LuaState, top: number): void;
    lua_type(state: LuaState, place: number): number;
    lua_toboolean(state: LuaState, place: number): boolean;
    lua_tonumber(state: LuaState, place: number): number;
    lua_tojsstring(state: LuaState, place: number): string;
    lua_rawlen(state: LuaState, place: number): number;
    lua_rawgeti(state: LuaState, place: number, index: number): number;
    lua_rawseti(state: LuaState, place: number, index: number): void;
    lua_createtable(state: LuaState, items: number, fields: number): void;
    lua_pushnil(state: LuaState): void;
    lua_pushboolean(state: LuaState, value: boolean): void;
    lua_pushnumber(state: LuaState, value: number): void;
    lua_pushinteger(state: LuaState, value: number): void;
    lua_pushstring(state: LuaState, text: LuaString): void;
    lua_pushcfunction(state: LuaState, call: LuaFunction): void;
    lua_setfield(state: LuaState, place: number, name: LuaString): void;
    lua_setglobal(state: LuaState, name: LuaString): void;
    lua_pcall(state: LuaState, given: number, results: number, handler: number): number;
  };
  export const lauxlib: {
    luaL_newstate(): LuaState;
    luaL_loadstring(state: LuaState, source: LuaString): number;
    luaL_ref(state: LuaState, place: number): number;
    luaL_error(state: LuaState, text: LuaString): number;
  };
  export const lualib: { luaL_openlibs(state: LuaState): void };
  export function to_luastring(text: string): LuaString;
}
