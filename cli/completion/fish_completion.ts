/**
 * The completions for fish 3 and newer, each with what it means.
 *
 * @module
 */

import type { Candidate, CompletionTable, Place, Values } from "./completion_table.ts";

/** Walks over the words before the cursor, then offers what may come next. */
const COMPLETE = `function __blueplane_complete
    set -l cur (commandline -ct)
    set -l at
    set -l option
    set -l prefix
    set -l count 0
    for word in (commandline -opc)[2..-1]
        if test -n "$option"
            set option
        else if string match -q -- '--*=*' $word
            continue
        else if string match -q -- '-*' $word
            __blueplane_values "$at $word"; and set option $word
        else if __blueplane_commands "$at"; and string match -q -- "$word"\\t'*' $__blueplane_w
            set at (string join ' ' $at $word)
        else
            set count (math $count + 1)
        end
    end
    if test -z "$option"; and string match -q -- '--*=*' $cur
        set option (string replace -r '=.*' '' -- $cur)
        set prefix "$option="
        set cur (string replace -r '^[^=]*=' '' -- $cur)
    end
    if test -n "$option"
        __blueplane_values "$at $option"
    else if string match -q -- '-*' $cur
        __blueplane_options "$at"
    else if not __blueplane_commands "$at"
        __blueplane_arguments "$at $count"
    end
    switch "$__blueplane_w"
        case @files
            __fish_complete_path $cur
        case @folders
            __fish_complete_directories $cur
        case '@*'
            set -l asked (string sub -s 2 -- $__blueplane_w)
            set -l words (blueplane completions --words $asked --beginning "$cur" 2> /dev/null)
            set -q words[1]; and printf "$prefix%s\\n" $words
        case ''
        case '*'
            printf "$prefix%s\\n" $__blueplane_w
    end
end

complete -c blueplane -e
complete -c blueplane -f -a '(__blueplane_complete)'
`;

/** The script. */
export function fishCompletion(table: CompletionTable): string {
  const described = (candidates: readonly Candidate[]) =>
    candidates.map(({ word, help }) => quoted(`${word}\t${help}`)).join(" ");
  const values = (what: Values) =>
    typeof what === "string"
      ? (what === "anything" ? "" : `@${what}`)
      : what.map(quoted).join(" ");
  const cases = <What>(places: readonly Place<What>[], show: (what: What) => string) =>
    places.map(({ keys, what }) =>
      `        case ${keys.map(quoted).join(" ")}\n            set -g __blueplane_w ${
        show(what)
      }\n`
    ).join("");
  return `# Completions of blueplane for fish. To have them in every shell:
#   echo 'blueplane completions fish | source' >> ~/.config/fish/config.fish

function __blueplane_commands
    set -g __blueplane_w
    switch "$argv"
${cases(table.commands, described)}        case '*'
            return 1
    end
    # To set a variable leaves the status as it was.
    return 0
end

function __blueplane_options
    set -g __blueplane_w
    switch "$argv"
${cases(table.options, described)}    end
    set -a __blueplane_w ${described(table.globals)}
end

function __blueplane_values
    set -g __blueplane_w
    switch "$argv"
${cases(table.optionValues, values)}        case '*'
            return 1
    end
    # To set a variable leaves the status as it was.
    return 0
end

function __blueplane_arguments
    set -g __blueplane_w
    switch "$argv"
${cases(table.argumentValues, values)}    end
end

${COMPLETE}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
