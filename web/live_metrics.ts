/**
 * Live metrics over WebSocket: a snapshot first, then only what changed, at most ten times a
 * second.
 *
 * @module
 */

import type { WSContext, WSEvents } from "hono/ws";
import { flatten, reportMetrics } from "../core/reports/metrics_report.ts";
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

  constructor(context: WebContext) {
    this.#context = context;
    this.#subscription = context.onChange(() => this.#schedule());
  }

  /** The events of a new connection. */
  connect(period: string): WSEvents {
    let client: Client | undefined;
    return {
      onOpen: (_event, socket) => {
        if (this.#clients.size >= CLIENTS_MAX) return socket.close(1013, "too many connections");
        client = { socket, period, sent: this.#read(period) };
        this.#clients.add(client);
        this.#send(client, "snapshot", client.sent);
      },
      onClose: () => {
        if (client) this.#clients.delete(client);
      },
    };
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#subscription[Symbol.dispose]();
    for (const { socket } of this.#clients) socket.close(1001, "the server stops");
    this.#clients.clear();
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#clients.size === 0) return;
    const wait = Math.max(0, this.#sentAt + SEND_EVERY_MS - this.#context.clock.now());
    this.#timer = setTimeout(() => this.#sendChanges(), wait);
  }

  #sendChanges(): void {
    this.#timer = undefined;
    this.#sentAt = this.#context.clock.now();
    const read = new Map<string, Record<string, number | null>>();
    for (const client of this.#clients) {
      const now = read.get(client.period) ?? this.#read(client.period);
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

  #read(period: string): Record<string, number | null> {
    const now = this.#context.clock.now();
    const report = reportMetrics(this.#context.db, { period: rollingPeriod(period, now), now });
    const { files_done, files_total } = this.#context.coverage();
    return { ...flatten(report.totals, report.rates), files_done, files_total };
  }
}
