/**
 * Names of projects as a person reads them and gives them back: where several have one name, with
 * the begin of their id.
 *
 * @module
 */

import { printable } from "../printable.ts";

const KEY_CHARACTERS = 4;
const TOLD_APART = new RegExp(`^(.+) \\(([0-9a-f]{${KEY_CHARACTERS}})\\)$`);

/** The name of one of several that are called alike. */
export function nameApart(id: string, label: string): string {
  return `${label} (${id.slice(0, KEY_CHARACTERS)})`;
}

/** Names by their hash; where several have one, it tells them apart. */
export function labelsApart(labels: ReadonlyMap<string, string>): Map<string, string> {
  const byName = Map.groupBy(labels.keys(), (id) => labels.get(id)!);
  return new Map(
    labels.entries().map(([id, name]) => [
      id,
      byName.get(name)!.length > 1 ? nameApart(id, name) : name,
    ]),
  );
}

/**
 * The ids of the projects with this label on this machine, of the one with this label and this
 * begin of its id, or what was named as an id itself.
 */
export function namedProjects(
  name: string | undefined,
  labels: ReadonlyMap<string, string>,
): string | readonly string[] | undefined {
  if (name === undefined) return undefined;
  const [, label, begin = ""] = TOLD_APART.exec(name) ?? [];
  const called = idsCalled(name, labels);
  const ids = called.length > 0 || label === undefined
    ? called
    : idsCalled(label, labels).filter((id) => id.startsWith(begin));
  return ids.length > 1 ? ids : ids[0] ?? name;
}

/**
 * What {@linkcode namedProjects} takes for these, each once: a name that several have means all of
 * them, and behind it stands each of them apart.
 */
export function projectNames(
  ids: readonly string[],
  labels: ReadonlyMap<string, string>,
): string[] {
  const byName = Map.groupBy(ids, (id) => labels.get(id) ?? id);
  return [...byName].flatMap(([name, alike]) => [
    name,
    ...alike.length > 1 ? alike.map((id) => nameApart(id, name)) : [],
  ]);
}

/** A name means what is shown as it. */
function idsCalled(called: string, labels: ReadonlyMap<string, string>): string[] {
  const name = printable(called);
  return labels.entries().filter(([, label]) => label === name).map(([id]) => id).toArray();
}
