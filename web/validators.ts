/**
 * Conditional requests: a tag of an answer names the state of the database, and the moment, that
 * it was made of, so that the same request need not be answered twice.
 *
 * @module
 */

import { hash } from "node:crypto";
import type { Context } from "hono";
import type { Database } from "../core/database.ts";
import type { WebContext } from "./web_context.ts";

/** How long an answer about a rolling period counts as new while nothing is stored. */
const MINUTE_MS = 60_000;
const DIGITS = 16;
const TAG = /^(?:W\/)?"([^"]*)"$/;

/** Makes tags, and says whether one that is told still holds. */
export class Validators {
  readonly #context: WebContext;
  /** Changes of a database are counted for a connection, and this process has one. */
  readonly #start: string;
  readonly #names = new WeakMap<ReadonlyMap<string, string>, string>();

  constructor(context: WebContext) {
    this.#context = context;
    this.#start = `${context.pid.toString(36)}.${context.clock.now().toString(36)}`;
  }

  /**
   * The tag of an answer to this request that is made now.
   *
   * @param isTimed whether it says something else a minute later
   * @param now milliseconds since 1970 UTC
   */
  tagOf(c: Context, isTimed: boolean, now: number): string {
    return `"${this.#stateOf(c)}.${isTimed ? now.toString(36) : ""}"`;
  }

  /** The tag that the client has of an answer that is still as good; undefined without one. */
  heldTag(c: Context, isTimed: boolean, now: number): string | undefined {
    const told = c.req.header("if-none-match")?.split(",") ?? [];
    const state = this.#stateOf(c);
    for (const tag of told) {
      const [, text = ""] = TAG.exec(tag.trim()) ?? [];
      const place = text.lastIndexOf(".");
      if (text.slice(0, place) !== state) continue;
      const madeAt = parseInt(text.slice(place + 1), 36);
      const isOfNow = Math.floor(madeAt / MINUTE_MS) === Math.floor(now / MINUTE_MS);
      if (!isTimed || isOfNow) return `"${text}"`;
    }
    return undefined;
  }

  #stateOf(c: Context): string {
    const context = this.#context;
    const { pathname, search } = new URL(c.req.url);
    const request = [pathname + search, JSON.stringify(context.coverage() ?? null)];
    const names = [context.labels(), ...context.toolServers().values()].map((map) =>
      this.#nameOf(map)
    );
    const digest = hash("sha256", [...request, ...names, context.trouble()].join("\n"), "hex");
    return `${this.#start}.${changesOf(context.db)}.${digest.slice(0, DIGITS)}`;
  }

  #nameOf(names: ReadonlyMap<string, string>): string {
    const known = this.#names.get(names);
    if (known !== undefined) return known;
    const name = hash("sha256", JSON.stringify([...names]), "hex");
    this.#names.set(names, name);
    return name;
  }
}

/** Grows whenever another connection has changed the database. */
function changesOf(db: Database): number {
  const { data_version } = db.prepare("pragma data_version").get() as { data_version: number };
  return data_version;
}
