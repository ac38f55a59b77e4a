/** Tests of following a log that is written, begun anew, or not there yet. */

import { deepEqual } from "node:assert/strict";
import { LogFollower } from "../../../cli/background/log_follower.ts";
import { systemClock } from "../../../core/clock.ts";
import { LogFile } from "../../../core/log_file.ts";

const BYTES_MAX = 300;

function stage() {
  const folder = Deno.makeTempDirSync({ prefix: "blueplane_test_" });
  const path = `${folder}/serve.log`;
  const follower = new LogFollower(path);
  return {
    path,
    log: new LogFile(path, systemClock, BYTES_MAX),
    read: () => follower.read().map(({ text }) => text),
    news: () => follower.news().map(({ text }) => text),
    [Symbol.dispose]() {
      follower[Symbol.dispose]();
      Deno.removeSync(folder, { recursive: true });
    },
  };
}

Deno.test("LogFollower.news() gives each line once, as it comes", () => {
  using at = stage();
  at.log.write("note", "one");
  deepEqual(at.read(), ["one"]);
  deepEqual(at.news(), []);
  at.log.write("note", "two");
  at.log.write("note", "three");
  deepEqual(at.news(), ["two", "three"]);
  deepEqual(at.news(), []);
});

Deno.test("LogFollower.news() waits for the end of a line", () => {
  using at = stage();
  deepEqual(at.read(), []);
  const line = "2026-03-01T12:00:00.123Z note naïve\n";
  const bytes = new TextEncoder().encode(line);
  Deno.writeFileSync(at.path, bytes.subarray(0, 33), { append: true });
  deepEqual(at.news(), []);
  Deno.writeFileSync(at.path, bytes.subarray(33), { append: true });
  deepEqual(at.news(), ["naïve"]);
});

Deno.test("LogFollower.news() misses and repeats nothing, when the log begins anew", () => {
  using at = stage();
  const seen = at.read();
  const written: string[] = [];
  for (let number = 0; number < 60; number++) {
    at.log.write("note", `line ${number}`);
    written.push(`line ${number}`);
    if (number % 3 === 0) seen.push(...at.news());
  }
  deepEqual([...seen, ...at.news()], written);
});

Deno.test("LogFollower.read() gives what older logs hold, too", () => {
  using at = stage();
  for (let number = 0; number < 10; number++) at.log.write("note", `line ${number}`);
  deepEqual(at.read(), Array.from({ length: 10 }, (_, number) => `line ${number}`));
});
