/**
 * What a call of a tool is of: the kind of a command by the first words of its parts, and whether
 * a file is read as a whole. Words of closed lists tell; the command itself is dropped.
 *
 * @module
 */

import { literal, type SafeText } from "../../core/privacy.ts";
import { type Json, textOf } from "../json_access.ts";

const CHARACTERS_MAX = 4000;
/** What stands before the program that counts. */
const BEFORE = new RegExp(
  String.raw`^(?:(?:\w+=\S*|sudo|time|nice|command|exec|env|timeout(?: -\w(?: \d\w*)?)* \d\S*|` +
    String.raw`npx|bunx|(?:pnpm|yarn) (?:exec|dlx)|(?:uv|poetry|pipenv|hatch|pdm) run|` +
    String.raw`bundle exec)\s+)*(?:(?:\./)?(?:node_modules|vendor|\.venv|venv)/(?:\S*/)?)?`,
);
const RUNNER = String.raw`(?:(?:npm|pnpm|yarn|bun)(?: run)?|deno task|make|just|task|rake|` +
  String.raw`composer(?: run)?|(?:\.\/)?(?:gradlew?|mvnw?)(?: -\S+)*)`;

/** The kinds, the most telling first: a command of several parts is of the first that fits one. */
const KINDS: readonly (readonly [RegExp, SafeText])[] = [
  [
    new RegExp(
      String.raw`^(?:${RUNNER} (?:\S+:)?(?:tests?|check|verify|ok|ci|e2e|t)\b|` +
        String.raw`(?:deno|cargo|go|dotnet|mix|swift|flutter|dart|zig|bazel|rails|bun|forge|` +
        String
          .raw`playwright|sbt|lein) test\b|cargo nextest|python[\d.]* -m (?:pytest|unittest)|` +
        String.raw`(?:pytest|py\.test|tox|nox|jest|vitest|mocha|ava|rspec|phpunit|ctest|bats|` +
        String.raw`behave|cypress|xcodebuild test)\b|node (?:\S+ )*--test\b|` +
        String.raw`python[\d.]* \S*manage\.py test)`,
    ),
    literal("test"),
  ],
  [
    new RegExp(
      String.raw`^(?:${RUNNER} (?:\S+:)?(?:lint|fmt|format|typecheck|types)\b|tsc --noEmit|` +
        String.raw`(?:eslint|prettier|biome|ruff|black|flake8|mypy|pyright|pylint|rubocop|` +
        String
          .raw`golangci-lint|shellcheck|clippy)\b|(?:deno|cargo) (?:lint|fmt|check|clippy)\b|` +
        String.raw`(?:go vet|gofmt)\b)`,
    ),
    literal("lint"),
  ],
  [
    new RegExp(
      String.raw`^(?:${RUNNER} (?:\S+:)?(?:build|compile|package|assemble|all)\b|make$|` +
        String.raw`(?:deno compile|(?:cargo|go|dotnet|swift|zig|bazel|docker|next|vite) build|` +
        String.raw`tsc|webpack|rollup|esbuild|cmake|ninja|gcc|g\+\+|clang|javac|rustc)\b)`,
    ),
    literal("build"),
  ],
  [
    new RegExp(
      String.raw`^(?:(?:npm|pnpm|yarn|bun) (?:i|ci|install|add|remove|update)\b|` +
        String.raw`(?:pip[\d.]*|python[\d.]* -m pip|uv pip|gem|brew|apt|apt-get|cargo|go|conda|` +
        String.raw`poetry|uv|deno|bundle|composer) (?:install|add|get|sync|update|remove)\b)`,
    ),
    literal("package"),
  ],
  [/^(?:git|gh|glab|hg|jj)\b/, literal("git")],
  [/^(?:rg|grep|egrep|fgrep|find|fd|ag|ack|locate)\b/, literal("search")],
  [/^(?:cat|head|tail|less|more|bat|sed -n|nl|jq|xxd|od|strings)\b/, literal("read")],
  [
    new RegExp(
      "^(?:ls|echo|printf|cd|pwd|mkdir|rm|rmdir|cp|mv|ln|touch|chmod|chown|which|type|ps|kill|" +
        "pkill|sleep|date|wc|sort|uniq|cut|tr|tee|xargs|diff|du|df|stat|file|tree|true|false|" +
        "export|set|source|curl|wget|ping|whoami|uname|open|lsof|basename|dirname|realpath|" +
        "sed|awk|test|\\[|:|#|$)(?=\\s|$)",
    ),
    literal("other"),
  ],
];
/** A program that no list knows may do anything, run tests too. */
const SCRIPT = literal("script");
const WHOLE = literal("whole"), PART = literal("part");
const READING = "Read";

/** All forms that a call may have. */
export const CALL_FORMS: readonly string[] = [
  ...KINDS.map(([, name]) => name),
  SCRIPT,
  WHOLE,
  PART,
];

/** The form of a call; undefined where its tool has none. */
export function callForm(tool: string, input: Json): SafeText | undefined {
  if (tool === READING) {
    const isPart = input.offset !== undefined || input.limit !== undefined ||
      input.pages !== undefined;
    return isPart ? PART : WHOLE;
  }
  const command = textOf(input.command);
  return command === undefined ? undefined : commandKind(command);
}

function commandKind(command: string): SafeText {
  // What stands in quotes is no command, but where a shell is given one.
  const parts = command.slice(0, CHARACTERS_MAX)
    .replace(/\\\n/g, " ")
    .replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '""')
    .split(/&&|\|\||[;|\n&(){}]/)
    .map((part) => part.trim().replace(BEFORE, ""))
    .filter((part) => part !== "" && !part.startsWith("#") && !/^\d?>/.test(part));
  const kinds = parts.map((part) => KINDS.findIndex(([pattern]) => pattern.test(part)));
  const telling = Math.min(...kinds.filter((kind) => kind >= 0 && kind < KINDS.length - 1));
  if (telling === 0) return KINDS[0]![1];
  if (kinds.includes(-1)) return SCRIPT;
  return KINDS[telling]?.[1] ?? literal("other");
}
