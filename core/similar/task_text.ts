/**
 * What the description of a task tells of the work: words of closed lists alone. The text itself
 * is read and forgotten; nothing of it is in what comes back.
 *
 * @module
 */

import { FILE_EXTENSIONS } from "../file_extensions.ts";
import type { TaskCommand, TaskFeatures } from "../task_features.ts";
import type { ToolClass } from "../tool_classes.ts";

const CHARACTERS_MAX = 20_000;

const COMMANDS: Readonly<Record<TaskCommand, RegExp>> = {
  test: /\b(?:tests?|testing|specs?|pytest|jest|vitest|coverage|e2e)\b/,
  lint: /\b(?:lint(?:er|ing)?|formatt?(?:er|ing)?|type ?check\w*|eslint|prettier)\b/,
  build: /\b(?:builds?|compil(?:e|er|es|ation)|bundl(?:e|er|ing)|pipeline)\b/,
  package: /\b(?:dependenc(?:y|ies)|packages?|npm|pip|upgrade)\b/,
  git: /\b(?:git|commits?|merge|rebase|branch(?:es)?|pull requests?|prs?)\b/,
};

const TOOLS: Readonly<Partial<Record<ToolClass, RegExp>>> = {
  edit: /\b(?:fix(?:es)?|bugs?|change|edit|rename|refactor(?:ing)?|updat(?:e|ing)|improve)\b/,
  create: /\b(?:creat(?:e|ing)|add|new|write|scaffold|implement|generate)\b/,
  read: /\b(?:explain|understand|reviews?|read|analy[sz]e|investigate|debug)\b/,
  search: /\b(?:find|search|where|locate)\b/,
  web: /\b(?:research|look up|documentation|online|website|url)\b/,
  plan: /\b(?:plan|design|architecture|roadmap)\b/,
};

const LANGUAGES: Readonly<Record<string, RegExp>> = {
  ts: /\btypescript\b/,
  js: /\bjavascript\b/,
  tsx: /\breact\b/,
  py: /\bpython\b/,
  rs: /\brust\b/,
  go: /\bgolang\b/,
  md: /\b(?:markdown|readme|changelog)\b/,
  css: /\b(?:css|stylesheets?)\b/,
  html: /\bhtml\b/,
  sql: /\b(?:sql|migrations?|schema)\b/,
  java: /\bjava\b/,
  kt: /\bkotlin\b/,
  swift: /\bswift\b/,
  rb: /\bruby\b/,
  cpp: /\bc\+\+/,
  cs: /\bc#/,
  sh: /\b(?:bash|shell) script/,
  yml: /\b(?:yaml|workflow file)\b/,
  json: /\bjson\b/,
  ipynb: /\b(?:jupyter|notebooks?)\b/,
};

const SMALL = /\b(?:typo|small|quick|tiny|minor|one[- ]line(?:r)?|simple)\b/;
const LARGE =
  /\b(?:rewrite|migrate|migration|whole|entire|all files|everything|redesign|from scratch)\b/;
const EXTENSION = /[\w)\]}*-]\.([a-z][a-z0-9]{0,11})\b(?!\.?\w)/g;

/** The features of a task; none of them where its words are in no list. */
export function taskFeatures(text: string): TaskFeatures {
  const read = text.slice(0, CHARACTERS_MAX).toLowerCase();
  const found = (lists: Readonly<Record<string, RegExp>>) =>
    Object.entries(lists).filter(([, pattern]) => pattern.test(read)).map(([name]) => name);
  const named = read.matchAll(EXTENSION).map(([, extension]) => extension!)
    .filter((extension) => FILE_EXTENSIONS.has(extension)).toArray();
  const isSmall = SMALL.test(read), isLarge = LARGE.test(read);
  return {
    tools: found(TOOLS) as ToolClass[],
    extensions: [...new Set([...named, ...found(LANGUAGES)])].sort(),
    commands: found(COMMANDS) as TaskCommand[],
    size: isSmall === isLarge ? null : isSmall ? "small" : "large",
  };
}
