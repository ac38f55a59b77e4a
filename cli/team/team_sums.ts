/**
 * Adds up the rows of many exports, in whole and by each of their texts.
 *
 * @module
 */

import type { TeamGroup, TeamNumber } from "../../core/team_aggregate.ts";
import { hiddenOf, MemberSet } from "./suppression.ts";
import type { TeamColumns, TeamRow } from "./team_columns.ts";

/** What is shown of the sums. */
export interface ShownSums {
  readonly members: number;
  /** Null where that would be of too few members. */
  readonly totals: TeamGroup | null;
  readonly groups: Readonly<Record<string, readonly TeamGroup[]>>;
}

/** Names beyond these stand with the rest: files could name any number of them. */
const GROUPS_MAX = 500;
const SUM_DIGITS = 12;

/** The sums of one kind of export. */
export class TeamSums {
  readonly #columns: TeamColumns;
  readonly #members: number;
  readonly #totals: Group;
  /** By column: its groups by their name, null for the rest. */
  readonly #groups: readonly Map<string | null, Group>[];

  /** @param members how many there are in all */
  constructor(columns: TeamColumns, members: number) {
    this.#columns = columns;
    this.#members = members;
    this.#totals = new Group(columns, members);
    this.#groups = columns.groups.map(() => new Map());
  }

  /** Adds a row of a member, or of somebody who is none. */
  add(row: TeamRow, member: number | undefined): void {
    this.#totals.add(row, member);
    for (const [i, groups] of this.#groups.entries()) {
      const key = row.keys[i] ?? null;
      const place = groups.has(key) || groups.size < GROUPS_MAX ? key : null;
      const group = groups.get(place) ?? new Group(this.#columns, this.#members);
      groups.set(place, group);
      group.add(row, member);
    }
  }

  /** What may be shown: nothing that is of fewer members. */
  shown(membersMin: number): ShownSums {
    const members = this.#totals.members.size;
    const isEnough = members >= membersMin;
    const named = this.#columns.groups.map((name, i) =>
      [name, isEnough ? this.#shownGroups(this.#groups[i]!, membersMin) : []] as const
    );
    const [totals = null] = isEnough ? shownOf([[null, this.#totals]], membersMin) : [];
    return { members, totals, groups: Object.fromEntries(named) };
  }

  #shownGroups(groups: ReadonlyMap<string | null, Group>, membersMin: number): TeamGroup[] {
    const named = [...groups].filter(([key]) => key !== null)
      .sort(([a], [b]) => a! < b! ? -1 : 1);
    const rest = new Group(this.#columns, this.#members), untold = groups.get(null);
    if (untold) rest.join(untold);
    const sets = named.map(([, { members }]) => members);
    const hidden = hiddenOf(sets, membersMin, untold?.members);
    for (const place of hidden) rest.join(named[place]![1]);
    const shown = named.filter((_, place) => !hidden.has(place));
    return shownOf(rest.rows > 0 ? [...shown, [null, rest]] : shown, membersMin);
  }
}

class Group {
  readonly columns: TeamColumns;
  readonly members: MemberSet;
  readonly sums: Float64Array;
  readonly known: Float64Array;
  /** By number: the members of whom it is known. */
  readonly sets: readonly MemberSet[];
  rows = 0;

  constructor(columns: TeamColumns, members: number) {
    this.columns = columns;
    this.members = new MemberSet(members);
    this.sums = new Float64Array(columns.numbers.length);
    this.known = new Float64Array(columns.numbers.length);
    this.sets = columns.numbers.map(() => new MemberSet(members));
  }

  add({ numbers }: TeamRow, member: number | undefined): void {
    this.rows++;
    if (member !== undefined) this.members.add(member);
    for (const [i, number] of numbers.entries()) {
      if (number === null) continue;
      this.sums[i]! += number;
      this.known[i]!++;
      if (member !== undefined) this.sets[i]!.add(member);
    }
  }

  join(other: Group): void {
    this.rows += other.rows;
    this.members.join(other.members);
    for (const i of this.sums.keys()) {
      this.sums[i]! += other.sums[i]!;
      this.known[i]! += other.known[i]!;
      this.sets[i]!.join(other.sets[i]!);
    }
  }

  numberAt(i: number): TeamNumber | null {
    const n = this.known[i]!, sum = this.sums[i]!;
    if (n === 0) return null;
    return {
      sum: this.columns.numbers[i]!.hasSum ? rounded(sum) : null,
      mean: rounded(sum / n),
      n,
      members: this.sets[i]!.size,
    };
  }
}

/** The parts of a whole; a number that too few know is null, also in a part next to it. */
function shownOf(
  parts: readonly (readonly [key: string | null, group: Group])[],
  membersMin: number,
): TeamGroup[] {
  const [first] = parts;
  if (first === undefined) return [];
  const { numbers } = first[1].columns;
  const shown = parts.map(([key, { members, rows }]) => ({
    key,
    members: members.size,
    rows,
    numbers: {} as Record<string, TeamNumber | null>,
  }));
  for (const [i, { name }] of numbers.entries()) {
    const places = [...parts.keys()].filter((place) => parts[place]![1].known[i]! > 0);
    const sets = places.map((place) => parts[place]![1].sets[i]!);
    const hidden = hiddenOf(sets, membersMin);
    const kept = new Set(places.filter((_, at) => !hidden.has(at)));
    for (const [place, [, group]] of parts.entries()) {
      shown[place]!.numbers[name] = kept.has(place) ? group.numberAt(i) : null;
    }
  }
  return shown;
}

function rounded(number: number): number {
  return Number(number.toPrecision(SUM_DIGITS));
}
