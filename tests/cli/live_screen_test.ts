/** Tests of the screen that draws what changed. */

import { equal } from "node:assert/strict";
import { LiveScreen } from "../../cli/live_screen.ts";
import { RecordedOutput } from "./recorded_io.ts";

const OPEN = "\x1b[?1049h\x1b[?25l\x1b[?7l", CLOSE = "\x1b[?7h\x1b[?25h\x1b[?1049l";

const SIZE = { columns: 80, rows: 24 };

class Terminal extends RecordedOutput {
  /** What was written since the last time. */
  take(): string {
    const { text } = this;
    this.text = "";
    return text;
  }
}

Deno.test("LiveScreen.draw() writes only the lines that changed", () => {
  const terminal = new Terminal();
  {
    using screen = new LiveScreen(terminal);
    equal(terminal.take(), OPEN);
    screen.draw(["one", "two", "three"], SIZE);
    equal(terminal.take(), "\x1b[2J\x1b[1;1H\x1b[Kone\x1b[2;1H\x1b[Ktwo\x1b[3;1H\x1b[Kthree");
    screen.draw(["one", "2", "three"], SIZE);
    equal(terminal.take(), "\x1b[2;1H\x1b[K2");
    screen.draw(["one", "2", "three"], SIZE);
    equal(terminal.take(), "");
    screen.draw(["one"], SIZE);
    equal(terminal.take(), "\x1b[2;1H\x1b[K\x1b[3;1H\x1b[K");
  }
  equal(terminal.take(), CLOSE);
});

// Goal: a terminal that becomes smaller, while lines are being made, is right after the next draw.
// Method: lines of the old size come when the terminal has fewer rows, where a cursor that is sent
// below the last row stays in it: no row below may be emptied then.
Deno.test("LiveScreen.draw() draws all anew, when lines are made for another size", () => {
  const terminal = new Terminal();
  using screen = new LiveScreen(terminal);
  screen.draw(["one", "two", "three"], SIZE);
  terminal.take();

  screen.draw(["one", "2"], { columns: 60, rows: 2 });

  equal(terminal.take(), "\x1b[2J\x1b[1;1H\x1b[Kone\x1b[2;1H\x1b[K2");
});

Deno.test("LiveScreen.take() draws all anew, when the terminal was left or lost", () => {
  const terminal = new Terminal();
  const screen = new LiveScreen(terminal);
  screen.draw(["one", "two"], SIZE);
  terminal.take();
  const anew = `${OPEN}\x1b[2J\x1b[1;1Hone\x1b[2;1Htwo`;

  screen.leave();
  screen.draw(["1", "2"], SIZE);
  equal(terminal.take(), CLOSE);
  screen.take();
  equal(terminal.take(), anew);
  screen.take();
  equal(terminal.take(), anew);

  screen.draw(["one", "2"], SIZE);
  equal(terminal.take(), "\x1b[2;1H\x1b[K2");
  screen[Symbol.dispose]();
  screen.take();
  screen.leave();
  equal(terminal.take(), CLOSE);
});
