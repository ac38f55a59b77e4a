/**
 * Sessions of two kinds. In each project of TypeScript, those with an even number read a file
 * before they change it, run the tests and go well; the others do neither, an edit of theirs
 * fails, and a person refuses one. Those of Markdown write a file each, and nothing tells them
 * apart.
 */

import { NOON } from "./events.ts";
import { HAIKU, ONE, OPUS, TWO } from "./filled_home.ts";
import { Story } from "./story.ts";

const DAY_MS = 86_400_000;

/** So many of each kind; `code-<i>` and `text-<i>` are their ids. */
export function alikeSessions(each = 14): Story[] {
  return Array.from({ length: each }, (_, i) => [codeSession(i), textSession(i)]).flat();
}

function codeSession(i: number): Story {
  const story = new Story(`code-${i}`, { project: ONE, at: NOON - (i + 1) * DAY_MS }).prompt()
    .response({ model: OPUS, input: 1000 + i });
  if (i % 2 === 0) {
    return story.call("Read", { file: "a", form: "whole" })
      .call("Edit", { file: "a", added: 5, removed: 1 })
      .call("Bash", { form: "test" });
  }
  return story.call("Edit", { file: "a", outcome: "failed", error: "file_not_read" })
    .call("Read", { file: "b", form: "whole" })
    .call("Edit", { file: "c", added: 5, removed: 1 })
    .call("Edit", { file: "c", outcome: "rejected" })
    .call("Bash", { form: "git" });
}

function textSession(i: number): Story {
  return new Story(`text-${i}`, { project: TWO, at: NOON - (i + 1) * DAY_MS }).prompt()
    .response({ model: HAIKU, input: 500 + i })
    .call("Write", { file: "d", extension: "md", added: 40 });
}
