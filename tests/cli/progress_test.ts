/** Tests of the progress bar, with a clock that the test turns. */

import { equal, match, ok } from "node:assert/strict";
import { ProgressBar, progressLine } from "../../cli/progress.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { type RecordedOptions, RecordedOutput } from "./recorded_io.ts";

const HALF = { filesDone: 3, filesTotal: 9, bytesDone: 50_000_000, bytesTotal: 100_000_000 };

/** A stderr, and what else of the world a bar looks at. */
function terminal({ env = {}, ...options }: RecordedOptions = {}) {
  const output = new RecordedOutput(options), clock = new VirtualClock();
  return { output, clock, io: { stderr: output, clock, env: (name: string) => env[name] } };
}

Deno.test("progressLine() tells share, bytes, files and the time left", () => {
  equal(
    progressLine(HALF, 4000),
    "reading ━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌ 50 %  50.0 MB of 100 MB  3/9 files  4 s left",
  );
});

Deno.test("progressLine() tells no time, when too little is done to know it", () => {
  const begun = { ...HALF, bytesDone: 1000 };
  match(progressLine(begun, 4000), /files$/);
});

Deno.test("progressLine() stays within its bar, when files grew while they were read", () => {
  const more = { ...HALF, bytesDone: 130_000_000 };
  match(progressLine(more, 4000), /^reading ━{20} 100 % /);
  match(progressLine({ filesDone: 0, filesTotal: 0, bytesDone: 0, bytesTotal: 0 }, 1), /100 %/);
});

Deno.test("ProgressBar() draws nothing, when stderr is no terminal, or a dumb one", () => {
  for (const options of [{}, { isTerminal: true, env: { TERM: "dumb" } }]) {
    const { output, clock, io } = terminal(options);
    using bar = new ProgressBar(io);
    clock.advance(5000);
    bar.update(HALF);
    equal(output.text, "");
  }
});

Deno.test("ProgressBar() draws with ASCII, where there are no other signs", () => {
  const { output, clock, io } = terminal({ isTerminal: true, env: { LANG: "C" } });
  using bar = new ProgressBar(io);
  clock.advance(4000);
  bar.updateParts("counting", 1, 4, "parts");
  equal(output.text, "\r\x1b[Kcounting #####--------------- 25 %  1/4 parts  12 s left");
});

Deno.test("ProgressBar() draws nothing, when the work is done in a moment", () => {
  const { output, clock, io } = terminal({ isTerminal: true });
  {
    using bar = new ProgressBar(io);
    clock.advance(299);
    bar.update(HALF);
  }
  equal(output.text, "");
});

Deno.test("ProgressBar() draws twelve times a second at most, and wipes its line", () => {
  const { output, clock, io } = terminal({ isTerminal: true });
  {
    using bar = new ProgressBar(io);
    clock.advance(1000);
    for (let ms = 0; ms < 1000; ms += 10) {
      clock.advance(10);
      bar.update(HALF);
    }
  }
  const drawn = output.text.split("\r\x1b[K").length - 2;
  ok(drawn > 8 && drawn <= 13, `drawn ${drawn} times`);
  ok(output.text.endsWith("\r\x1b[K"));
});

Deno.test("ProgressBar() leaves nothing when all is read, and begins anew", () => {
  const { output, clock, io } = terminal({ isTerminal: true });
  using bar = new ProgressBar(io);
  clock.advance(1000);
  bar.update(HALF);
  clock.advance(10);
  bar.update({ filesDone: 9, filesTotal: 9, bytesDone: 100_000_000, bytesTotal: 100_000_000 });
  ok(output.text.endsWith("\r\x1b[K"));

  const before = output.text;
  clock.advance(60_000);
  // A line that a session goes on with is read in a moment; what takes longer is shown again.
  bar.update(HALF);
  bar.update({ filesDone: 1, filesTotal: 1, bytesDone: 300, bytesTotal: 300 });
  equal(output.text, before);
  bar.update(HALF);
  clock.advance(400);
  bar.update(HALF);
  equal(output.text.slice(before.length), `\r\x1b[K${progressLine(HALF, 400)}`);
});

Deno.test("ProgressBar() fits in one line with ^C, and cuts no number", () => {
  const BAR = "reading ━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌ 50 %";
  for (
    const [columns, line] of [
      [20, BAR.slice(0, 17)],
      [36, BAR],
      [75, `${BAR}  50.0 MB of 100 MB  3/9 files`],
      [76, `${BAR}  50.0 MB of 100 MB  3/9 files  1 s left`],
    ] as const
  ) {
    const { output, clock, io } = terminal({ isTerminal: true, columns });
    using bar = new ProgressBar(io);
    clock.advance(1000);
    bar.update(HALF);
    equal(output.text, `\r\x1b[K${line}`);
  }
});

Deno.test("ProgressBar.updateBlocks() tells how many blocks are done", () => {
  const { output, clock, io } = terminal({ isTerminal: true });
  using bar = new ProgressBar(io);
  clock.advance(4000);
  bar.updateBlocks(1, 4);
  equal(
    output.text.replace("\r\x1b[K", ""),
    "rebuilding ━━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ 25 %  1/4 blocks  12 s left",
  );
  clock.advance(1000);
  bar.updateBlocks(0, 0);
  match(output.text, /100 % {2}0\/0 blocks/);
});
