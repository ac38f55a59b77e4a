/**
 * Live metrics over WebSocket: a snapshot first, then only what changed, at most ten times a
 * second.
 *
 * @module
 */

import type { WSContext, WSEvents } from "hono/ws";
import { flatten, reportHeadlines } from "../core/reports/metrics_report.ts";
import { rollingPeriod } from "../core/reports/period.ts";
import type { WebContext } from "./web_context.ts";

/** A message of `/ws/metrics`. */
export interface LiveMessage {
  readonly schema: "blueplane.live/1";
  readonly type: "snapshot" | "change";
  readonly timestamp: string;
  /** Numbers by name; null is not known. */
  readonly data: Readonly<Record<string, number | null>>;
}

interface Client {
  readonly socket: WSContext;
  readonly period: string;
  sent: Record<string, number | null>;
}

const SEND_EVERY_MS = 100;
const CLIENTS_MAX = 64;
/** A client that reads slower than this is dropped; it connects again. */
const BUFFERED_BYTES_MAX = 1024 * 1024;

/** Tells every connected page what changed. */
export class LiveMetrics implements Disposable {
  readonly #context: WebContext;
  readonly #clients = new Set<Client>();
  readonly #subscription: Disposable;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sentAt = 0;
  #isEnded = false;

  constructor(context: WebContext) {
    this.#context = context;
    this.#subscription = context.onChange(() => this.#schedule());
  }

  /** The events of a new connection. */
  connect(period: string): WSEvents {
    let client: Client | undefined;
    return {
      onOpen: (_event, socket) => {
        if (this.#isEnded) return socket.close(1001, "the server stops");
        if (this.#clients.size >= CLIENTS_MAX) return socket.close(1013, "too many connections");
        const sent = this.#tryRead(period);
        if (!sent) return socket.close(1011, "the report failed");
        client = { socket, period, sent };
        this.#clients.add(client);
        this.#send(client, "snapshot", client.sent);
      },
      onClose: () => {
        if (client) this.#clients.delete(client);
      },
    };
  }

  [Symbol.dispose](): void {
    this.#isEnded = true;
    clearTimeout(this.#timer);
    this.#subscription[Symbol.dispose]();
    for (const { socket } of this.#clients) socket.close(1001, "the server stops");
    this.#clients.clear();
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#clients.size === 0) return;
    // The clock may have been set back since.
    const left = this.#sentAt + SEND_EVERY_MS - this.#context.clock.now();
    const wait = Math.min(SEND_EVERY_MS, Math.max(0, left));
    this.#timer = setTimeout(() => this.#sendChanges(), wait);
  }

  #sendChanges(): void {
    this.#timer = undefined;
    this.#sentAt = this.#context.clock.now();
    const read = new Map<string, Record<string, number | null>>();
    for (const client of this.#clients) {
      const now = read.get(client.period) ?? this.#tryRead(client.period);
      if (!now) {
        this.#clients.delete(client);
        client.socket.close(1011, "the report failed");
        continue;
      }
      read.set(client.period, now);
      const changed = Object.entries(now).filter(([name, value]) => client.sent[name] !== value);
      if (changed.length === 0) continue;
      client.sent = now;
      this.#send(client, "change", Object.fromEntries(changed));
    }
  }

  #send(client: Client, type: LiveMessage["type"], data: LiveMessage["data"]): void {
    const raw = client.socket.raw as WebSocket | undefined;
    if (raw && raw.bufferedAmount > BUFFERED_BYTES_MAX) {
      this.#clients.delete(client);
      return client.socket.close(1013, "too slow");
    }
    if (raw && raw.readyState !== WebSocket.OPEN) return;
    const message: LiveMessage = {
      schema: "blueplane.live/1",
      type,
      timestamp: new Date(this.#context.clock.now()).toISOString(),
      data,
    };
    client.socket.send(JSON.stringify(message));
  }

  /** The numbers now; undefined when the report fails: a page connects again and asks anew. */
  #tryRead(period: string): Record<string, number | null> | undefined {
    try {
      return this.#read(period);
    } catch (error) {
      if (error instanceof Error) return undefined;
      throw error;
    }
  }

  #read(period: string): Record<string, number | null> {
    const now = this.#context.clock.now();
    const coverage = this.#context.coverage();
    const query = { period: rollingPeriod(period, now), now, coverage };
    const report = reportHeadlines(this.#context.db, query);
    return { ...flatten(report.totals, report.rates), ...report.coverage };
  }
}
