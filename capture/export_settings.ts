/**
 * How an assistant's client is told to export to us over OTLP.
 *
 * @module
 */

/** A platform's side of it: variables that stand in one object of its settings. */
export interface ExportSettings {
  /** The name of the object, in the files that hooks are in. */
  readonly key: string;
  /** The variables. @param origin where the server listens */
  variables(origin: string): Readonly<Record<string, string>>;
  /** Which of these variables, of whatever address, are ours; none where we put none there. */
  ownNames(variables: Readonly<Record<string, unknown>>): readonly string[];
}
