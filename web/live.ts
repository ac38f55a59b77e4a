/**
 * Live updates over WebSocket: a snapshot first, then only what changed, at most ten times a
 * second. All who ask the same share one report and one text.
 *
 * @module
 */

import type { WSContext, WSEvents } from "hono/ws";
import { ofOneState } from "../core/database.ts";
import type { WebContext } from "./web_context.ts";

/** What JSON can hold of one value. */
export type LiveValue = number | string | boolean | null | Readonly<Record<string, unknown>>;

/** Values by name; null is not known. */
export type LiveData = Readonly<Record<string, LiveValue>>;

/** A message. `heartbeat` comes when there was nothing else to say for a while. */
export interface LiveMessage<Data extends LiveData = Readonly<Record<string, number | null>>> {
  readonly schema: "blueplane.live/1";
  readonly type: "snapshot" | "change" | "heartbeat";
  readonly timestamp: string;
  readonly data: Data;
}

/** What can be listened to. */
export interface Topic {
  /** The same for all who ask the same. */
  readonly key: string;
  /** All values at a moment, in milliseconds. */
  read(now: number): LiveData;
}

/** A topic with all who listen. */
interface Audience {
  readonly topic: Topic;
  readonly sockets: Set<WSContext>;
  /** What was told of each value, as JSON. */
  told: ReadonlyMap<string, string>;
  toldAt: number;
}

const SEND_EVERY_MS = 100;
/** Reports take no more than this share of the time, however many are asked and however large. */
const BUSY_SHARE = 0.25;
const SOCKETS_MAX = 256;
/** Who comes to a topic within it is told what the others know. */
const FRESH_MS = 1000;
const BEAT_EVERY_MS = 15_000;
/** A client that reads slower than this is dropped; it connects again. */
const BUFFERED_BYTES_MAX = 1024 * 1024;

/** Tells everyone who is connected what changed. */
export class Live implements Disposable {
  readonly #context: WebContext;
  readonly #audiences = new Map<string, Audience>();
  readonly #subscription: Disposable;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #heart: ReturnType<typeof setInterval> | undefined;
  #sentAt = 0;
  #pauseMs = SEND_EVERY_MS;
  #sockets = 0;
  #isEnded = false;

  constructor(context: WebContext) {
    this.#context = context;
    this.#subscription = context.onChange(() => this.#schedule());
  }

  /** The events of a new connection. */
  connect(topic: Topic): WSEvents {
    let audience: Audience | undefined;
    return {
      onOpen: (_event, socket) => {
        if (this.#isEnded) return socket.close(1001, "the server stops");
        if (this.#sockets >= SOCKETS_MAX) return socket.close(1013, "too many connections");
        audience = this.#join(topic, socket);
        if (!audience) return socket.close(1011, "the report failed");
      },
      onClose: (_event, socket) => {
        if (audience) this.#leave(audience, socket);
      },
    };
  }

  [Symbol.dispose](): void {
    this.#isEnded = true;
    clearTimeout(this.#timer);
    clearInterval(this.#heart);
    this.#subscription[Symbol.dispose]();
    for (const { sockets } of this.#audiences.values()) {
      for (const socket of sockets) socket.close(1001, "the server stops");
    }
    this.#audiences.clear();
  }

  #join(topic: Topic, socket: WSContext): Audience | undefined {
    const now = this.#context.clock.now();
    let audience = this.#audiences.get(topic.key);
    if (!audience) {
      const told = this.#tryRead(topic, now);
      if (!told) return undefined;
      audience = { topic, sockets: new Set(), told, toldAt: now };
      this.#audiences.set(topic.key, audience);
    } else if (Math.abs(now - audience.toldAt) > FRESH_MS && !this.#update(audience, now)) {
      return undefined;
    }
    audience.sockets.add(socket);
    this.#sockets++;
    this.#heart ??= setInterval(() => this.#beat(), BEAT_EVERY_MS);
    this.#send(audience, [socket], "snapshot", audience.told);
    return audience;
  }

  #leave(audience: Audience, socket: WSContext): void {
    if (!audience.sockets.delete(socket)) return;
    this.#sockets--;
    if (audience.sockets.size === 0) this.#audiences.delete(audience.topic.key);
    if (this.#sockets > 0) return;
    clearInterval(this.#heart);
    this.#heart = undefined;
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#sockets === 0) return;
    // The clock may have been set back since.
    const left = this.#sentAt + this.#pauseMs - this.#context.clock.now();
    const wait = Math.min(this.#pauseMs, Math.max(0, left));
    this.#timer = setTimeout(() => this.#sendChanges(), wait);
  }

  #sendChanges(): void {
    this.#timer = undefined;
    const begun = this.#context.clock.now();
    this.#sentAt = begun;
    for (const audience of [...this.#audiences.values()]) this.#update(audience, begun);
    const tookMs = Math.max(0, this.#context.clock.now() - begun);
    this.#pauseMs = Math.max(SEND_EVERY_MS, tookMs / BUSY_SHARE);
  }

  /** Tells an audience what changed; where the report fails, all connect again and ask anew. */
  #update(audience: Audience, now: number): boolean {
    const values = this.#tryRead(audience.topic, now);
    if (!values) {
      for (const socket of [...audience.sockets]) {
        this.#leave(audience, socket);
        socket.close(1011, "the report failed");
      }
      return false;
    }
    const changed = new Map(
      [...values].filter(([name, text]) => audience.told.get(name) !== text),
    );
    audience.told = values;
    audience.toldAt = now;
    if (changed.size > 0) this.#send(audience, [...audience.sockets], "change", changed);
    return true;
  }

  #beat(): void {
    for (const audience of this.#audiences.values()) {
      this.#send(audience, [...audience.sockets], "heartbeat", new Map());
    }
  }

  #send(
    audience: Audience,
    sockets: readonly WSContext[],
    type: LiveMessage["type"],
    values: ReadonlyMap<string, string>,
  ): void {
    const timestamp = new Date(this.#context.clock.now()).toISOString();
    const data = [...values].map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(",");
    const head = JSON.stringify({ schema: "blueplane.live/1", type, timestamp }).slice(0, -1);
    const message = `${head},"data":{${data}}}`;
    for (const socket of sockets) {
      const raw = socket.raw as WebSocket | undefined;
      if (raw && raw.bufferedAmount > BUFFERED_BYTES_MAX) {
        this.#leave(audience, socket);
        socket.close(1013, "too slow");
      } else if (!raw || raw.readyState === WebSocket.OPEN) {
        socket.send(message);
      }
    }
  }

  /** The values now, each as JSON; undefined when the report fails. */
  #tryRead(topic: Topic, now: number): ReadonlyMap<string, string> | undefined {
    try {
      const values = ofOneState(this.#context.db, () => topic.read(now));
      return new Map(
        Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)]),
      );
    } catch (error) {
      if (error instanceof Error) return undefined;
      throw error;
    }
  }
}
