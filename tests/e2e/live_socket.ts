/** A client of the live numbers, as the page is one. */

import { until } from "../helpers/run_blueplane.ts";

/** Numbers by name, as they stand after every message. */
export interface LiveSocket extends AsyncDisposable {
  readonly data: Record<string, number | null>;
  /** The text of every message. */
  readonly messages: readonly string[];
}

/** Connects and waits for the snapshot. */
export async function openLiveSocket(url: string, period = "all"): Promise<LiveSocket> {
  const socket = new WebSocket(`${url.replace("http:", "ws:")}/ws/metrics?period=${period}`);
  const data: Record<string, number | null> = {};
  const messages: string[] = [];
  const closed = Promise.withResolvers<void>();
  socket.addEventListener("message", ({ data: text }) => {
    messages.push(text);
    Object.assign(data, JSON.parse(text).data);
  });
  socket.addEventListener("close", () => closed.resolve());
  await until("the snapshot comes", () => messages.length > 0);
  return {
    data,
    messages,
    async [Symbol.asyncDispose]() {
      socket.close();
      await closed.promise;
    },
  };
}
