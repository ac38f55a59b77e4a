/**
 * A guard before the way to a client: until that has said who it is, nothing but that is answered.
 * Some clients first ask for what only newer servers know.
 *
 * @module
 */

import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { JSONRPCMessage, MessageExtraInfo } from "@modelcontextprotocol/sdk/types.js";
import { StdioTransport } from "./stdio_transport.ts";

/** A request in another's place would be taken for one of this protocol. */
const FIRST: ReadonlySet<string> = new Set(["initialize", "ping"]);
/** What a server may be asked for once it is initialised. */
const LATER = /^(tools|resources|prompts|completion|logging|tasks)\//;
const METHOD_NOT_FOUND = -32601;
const INVALID_REQUEST = -32600;
const INVALID_PARAMS = -32602;
/** No list of ours has a second page, so that no cursor is one that was given. */
const LISTS = /\/list$/;

/** A transport that answers what comes early, or asks for a page, with the protocol's error. */
export class GuardedTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: Transport["onmessage"];
  readonly #inner: Transport;
  #isInitialized = false;
  /** Ids of requests that wait for their answers. */
  readonly #open = new Set<string | number>();
  #onAnswered: (() => void)[] = [];

  constructor(inner: Transport = new StdioTransport()) {
    this.#inner = inner;
  }

  async start(): Promise<void> {
    this.#inner.onclose = () => this.onclose?.();
    this.#inner.onerror = (error: Error) => this.onerror?.(error);
    this.#inner.onmessage = (message: JSONRPCMessage, extra?: MessageExtraInfo) => {
      const refusal = this.#refusalOf(message);
      if (refusal) this.#inner.send(refusal).catch((error: Error) => this.onerror?.(error));
      else {
        this.#noteAsked(message);
        this.onmessage?.(message, extra);
      }
    };
    await this.#inner.start();
  }

  async send(message: JSONRPCMessage): Promise<void> {
    await this.#inner.send(message);
    if (!("method" in message) && message.id !== undefined) this.#noteDone(message.id);
  }

  /** Resolves when nobody waits for an answer. */
  answered(): Promise<void> {
    return new Promise((resolve) => {
      this.#onAnswered.push(resolve);
      this.#tellAnswered();
    });
  }

  async close(): Promise<void> {
    await this.#inner.close();
  }

  #noteAsked(message: JSONRPCMessage): void {
    if (!("method" in message)) return;
    if ("id" in message) this.#open.add(message.id);
    if (message.method !== "notifications/cancelled") return;
    const { requestId } = message.params ?? {};
    // Whoever has cancelled waits for no answer.
    if (typeof requestId === "string" || typeof requestId === "number") this.#noteDone(requestId);
  }

  #noteDone(id: string | number): void {
    this.#open.delete(id);
    this.#tellAnswered();
  }

  #tellAnswered(): void {
    if (this.#open.size === 0) this.#onAnswered.splice(0).forEach((tell) => tell());
  }

  #refusalOf(message: JSONRPCMessage): JSONRPCMessage | undefined {
    if (!("method" in message)) return undefined;
    const { method } = message;
    if (method === "initialize") this.#isInitialized = true;
    if (!("id" in message)) return undefined;
    const refuse = (code: number, text: string): JSONRPCMessage => {
      return { jsonrpc: "2.0", id: message.id, error: { code, message: text } };
    };
    if (!this.#isInitialized && !FIRST.has(method)) {
      return LATER.test(method)
        ? refuse(INVALID_REQUEST, "Cannot answer: not initialized; send initialize first")
        : refuse(METHOD_NOT_FOUND, "Method not found");
    }
    if (!LISTS.test(method) || message.params?.cursor === undefined) return undefined;
    return refuse(INVALID_PARAMS, "Cannot list: there is no such page; ask without a cursor");
  }
}
