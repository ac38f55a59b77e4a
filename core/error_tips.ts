/**
 * What to do against a class of failed tool calls: written once, for all who fail so.
 *
 * @module
 */

/** What keeps calls from failing so, and what it comes from. */
export interface ErrorTip {
  /** One sentence without full stop. */
  readonly cause: string;
  /** One sentence without full stop. */
  readonly prevention: string;
}

const TIPS: Readonly<Record<string, ErrorTip>> = {
  file_not_read: {
    cause: "A file was to be changed that had not been read in the session",
    prevention: "Ask for files to be read before they are changed, above all after a compaction",
  },
  file_modified: {
    cause: "The file had changed since it was read, by a formatter, a person or another agent",
    prevention: "Run formatters after all edits of a step, not between them, and have the file " +
      "read again",
  },
  not_found: {
    cause: "A file or folder was not where it was looked for",
    prevention: "Name paths from the project's root, and describe its folders in the " +
      "assistant's instructions",
  },
  text_not_found: {
    cause: "The text to replace was not in the file as it was written",
    prevention: "Have the lines read again shortly before they are changed, and shorter pieces " +
      "replaced",
  },
  text_ambiguous: {
    cause: "The text to replace stood in the file more than once",
    prevention: "Have more of the lines around it named, or all places replaced at once",
  },
  no_change: {
    cause: "The new text was the same as the old one",
    prevention: "Have the file read again: what was asked for may be done already",
  },
  too_large: {
    cause: "A file or an output was larger than the assistant reads at once",
    prevention: "Have it searched first, and then read in parts",
  },
  invalid_input: {
    cause: "A tool was called with values that it does not take",
    prevention: "Update the assistant, and describe what the tool takes where it is your own",
  },
  unknown_skill: {
    cause: "A skill or command was called that is not installed",
    prevention: "Remove it from the instructions, or install it for the project",
  },
  unknown_agent: {
    cause: "A sub-agent was called that is not defined",
    prevention: "Name the agents that there are in the instructions, or define the missing one",
  },
  unknown_tool: {
    cause: "A tool was called that is not there",
    prevention: "Check that the server of the tool is running and switched on for the project",
  },
  notebook_cell: {
    cause: "A cell of a notebook was not where it was looked for",
    prevention: "Have the notebook read again after cells were added or removed",
  },
  timeout: {
    cause: "A call took longer than it may",
    prevention: "Run what takes long in the background, or name a narrower command, as one test",
  },
  network: {
    cause: "A server could not be reached",
    prevention: "Check the connection and the server, and that the sandbox allows it",
  },
  command_not_found: {
    cause: "A program was called that is not installed, or not on the path",
    prevention: "Name the right command in the assistant's instructions, or install the program",
  },
  port_in_use: {
    cause: "A server was started on a port that another one held",
    prevention: "Ask for servers to be stopped after use, or let them choose a free port",
  },
  os_permission: {
    cause: "The system did not allow it",
    prevention: "Check who owns the files, and what the sandbox allows",
  },
  syntax: {
    cause: "A script or command could not be parsed",
    prevention: "Have longer scripts written to a file and run from there, instead of one line",
  },
  exit_code: {
    cause: "A command ran and told of a failure, as tests do that do not pass",
    prevention: "Keep tests and checks fast, and have them run after each small step",
  },
};

/** The tip for a class of error; undefined where the class says too little. */
export function errorTip(error: string): ErrorTip | undefined {
  return Object.hasOwn(TIPS, error) ? TIPS[error] : undefined;
}
