/**
 * The way to a client on stdin and stdout, with a guard before the door: until the client has said
 * who it is, nothing but that is answered. Some clients first ask for what only newer servers
 * know.
 *
 * @module
 */

import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { JSONRPCMessage, MessageExtraInfo } from "@modelcontextprotocol/sdk/types.js";

/** A request in another's place would be taken for one of this protocol. */
const FIRST: ReadonlySet<string> = new Set(["initialize", "ping"]);
/** What a server may be asked for once it is initialised. */
const LATER = /^(tools|resources|prompts|completion|logging|tasks)\//;
const METHOD_NOT_FOUND = -32601;
const INVALID_REQUEST = -32600;

/** A transport that answers early requests with the protocol's error. */
export class GuardedTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: Transport["onmessage"];
  readonly #inner: Transport;
  #isInitialized = false;

  constructor(inner: Transport = new StdioServerTransport()) {
    this.#inner = inner;
  }

  async start(): Promise<void> {
    this.#inner.onclose = () => this.onclose?.();
    this.#inner.onerror = (error: Error) => this.onerror?.(error);
    this.#inner.onmessage = (message: JSONRPCMessage, extra?: MessageExtraInfo) => {
      const refusal = this.#refusalOf(message);
      if (refusal) this.#inner.send(refusal).catch((error: Error) => this.onerror?.(error));
      else this.onmessage?.(message, extra);
    };
    await this.#inner.start();
  }

  async send(message: JSONRPCMessage): Promise<void> {
    await this.#inner.send(message);
  }

  async close(): Promise<void> {
    await this.#inner.close();
  }

  #refusalOf(message: JSONRPCMessage): JSONRPCMessage | undefined {
    if (!("method" in message)) return undefined;
    const { method } = message;
    if (method === "initialize") this.#isInitialized = true;
    if (this.#isInitialized || FIRST.has(method) || !("id" in message)) return undefined;
    const isLater = LATER.test(method);
    return {
      jsonrpc: "2.0",
      id: message.id,
      error: {
        code: isLater ? INVALID_REQUEST : METHOD_NOT_FOUND,
        message: isLater
          ? "Cannot answer: not initialized; send initialize first"
          : "Method not found",
      },
    };
  }
}
