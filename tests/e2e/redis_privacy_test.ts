/** The canary with Redis: nothing of what was written gets into it, or to another machine. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { RedisServer } from "../helpers/redis_server.ts";
import {
  type Machine,
  runBinary,
  startBinary,
  startServe,
  tempMachine,
  until,
} from "../helpers/run_blueplane.ts";
import { Findings } from "./findings.ts";
import { writeMarked } from "./marked_transcripts.ts";

const PASSWORD = "QZ@7X canary";
const OUTPUTS = [
  ["metrics", "-p", "all", "--json"],
  ["status"],
  ["status", "--json"],
  ["doctor"],
  ["doctor", "--json"],
  ["rebuild", "--live"],
];

/** A machine whose environment names the Redis. */
function machineAt(url: string): Machine {
  const machine = tempMachine();
  return { ...machine, env: { ...machine.env, BLUEPLANE_REDIS_URL: url } };
}

// Goal: what goes over Redis holds no content, no name and no secret. Method: transcripts with a
// marker in every field are captured on two machines, one of which has a marker for its name, into
// a Redis that writes down every command that changes something, with a marker for its password.
Deno.test("blueplane lays nothing of what is written in a transcript into Redis", async () => {
  await using redis = await RedisServer.start({
    args: ["--appendonly", "yes", "--requirepass", PASSWORD],
    login: `:${encodeURIComponent(PASSWORD)}`,
  });
  using desk = machineAt(redis.url);
  using laptop = machineAt(redis.url);
  const findings = new Findings();
  writeMarked(desk.claude, 1);
  writeMarked(laptop.claude, 2);

  const { server, url } = await startServe(desk);
  await using _server = server;
  const invited = await runBinary(desk, ["worker", "--invite", "-q"]);
  equal((await runBinary(laptop, ["worker", "--join"], { stdin: invited.stdout })).code, 0);
  await using worker = startBinary(laptop, ["worker", "--role", "capture", "--name", PASSWORD]);
  await until("both machines are read", async () => {
    const { sessions } = await (await fetch(`${url}/api/v1/sessions?limit=9`)).json();
    return sessions.length === 2;
  });
  await worker.stop("SIGTERM");
  // The live picture is put there by the way.
  await until("an audit sees what is in Redis", async () => {
    const audit = await runBinary(desk, ["privacy", "audit", "--json"]);
    const { places, findings: private_ } = JSON.parse(audit.stdout);
    deepEqual([audit.code, private_], [0, []]);
    return places.filter(({ place }: { place: string }) => place.startsWith("redis ")).length > 5;
  });
  await redis.stop();
  await until("its absence is told", () => server.stderr.includes("Cannot reach Redis"));
  for (const args of OUTPUTS) {
    const { stdout, stderr } = await runBinary(desk, args);
    findings.look(`stdout of ${args.join(" ")}`, stdout);
    findings.look(`stderr of ${args.join(" ")}`, stderr);
  }
  await server.stop("SIGTERM");

  for (const { stdout, stderr } of [server, worker]) {
    findings.look("stdout", stdout);
    findings.look("stderr", stderr);
  }
  for (const folder of [desk.home, laptop.home, `${redis.folder}/appendonlydir`]) {
    findings.lookAtFiles(folder);
  }
  findings.lookAtBlocks(desk.home);
  deepEqual(findings.found, []);
  // Every command that published was really looked at.
  ok(findings.bytes > 200_000, `${findings.bytes} bytes`);
});
