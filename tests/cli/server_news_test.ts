/** Tests of `cli/server_news.ts`, against a real server of WebSockets. */

import assert from "node:assert/strict";
import { ServerNews } from "../../cli/server_news.ts";
import { until } from "../helpers/run_blueplane.ts";

/** A server that says something to whoever connects, and keeps the connections. */
function startSpeaker() {
  const sockets: WebSocket[] = [];
  const asked: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    asked.push(new URL(request.url).pathname + new URL(request.url).search);
    socket.addEventListener("open", () => socket.send("{}"));
    sockets.push(socket);
    return response;
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    sockets,
    asked,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

Deno.test("ServerNews() rings at each message, and when the server goes", async () => {
  await using speaker = startSpeaker();
  let rung = 0;
  await using news = new ServerNews({ url: speaker.url, period: "7d", onNews: () => rung++ });
  assert.equal(news.isOpen, true);
  await until("it hears the first", () => rung === 1);
  speaker.sockets[0]!.send("{}");
  await until("it hears the next", () => rung === 2);
  assert.deepEqual(speaker.asked, ["/ws/metrics?period=7d"]);

  speaker.sockets[0]!.close();

  await until("it is lost", () => rung === 3);
  assert.equal(news.isOpen, false);
});

Deno.test("ServerNews() is lost, when nobody listens there", async () => {
  let rung = 0;
  const url = "http://127.0.0.1:1";
  await using news = new ServerNews({ url, period: "1h", onNews: () => rung++ });
  await until("it is lost", () => rung === 1);
  assert.equal(news.isOpen, false);
});
