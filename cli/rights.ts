/**
 * What a process may do of what the runtime can take from it. Nobody can give rights to a binary
 * when it is called, so all of them are there at the start; and of one of them, as of the
 * network, a part cannot be given up: all of it stays or nothing.
 *
 * @module
 */

/** By the runtime's names, those that can be missed; files and environment always stay. */
export const RIGHTS = ["ffi", "import", "net", "run", "sys"] as const;

/** One of them. */
export type Right = typeof RIGHTS[number];
