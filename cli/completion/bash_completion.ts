/**
 * The completions for bash 3.2 and newer. It needs no other package, and evaluates nothing of
 * what is typed.
 *
 * @module
 */

import type { CompletionTable, Place, Values } from "./completion_table.ts";

/** Walks over the words before the cursor, then offers what may come next. */
const COMPLETE = `_blueplane() {
  local cur=\${COMP_WORDS[COMP_CWORD]} at= option= word w i count=0
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    [[ $word == = ]] && continue
    if [[ -n $option ]]; then
      option=
    elif [[ $word == -* ]]; then
      _blueplane_values "$at $word" && option=$word
    elif _blueplane_commands "$at" && [[ " $w " == *" $word "* ]]; then
      at="\${at:+$at }$word"
    else
      count=$((count + 1))
    fi
  done
  [[ $cur == = ]] && cur=
  if [[ -n $option ]]; then
    _blueplane_values "$at $option"
  elif [[ $cur == -* ]]; then
    _blueplane_options "$at"
  elif ! _blueplane_commands "$at"; then
    _blueplane_arguments "$at $count"
  fi
  case "$w" in
    @files) compopt -o filenames 2> /dev/null; _blueplane_read "$(compgen -f -- "$cur")" ;;
    @folders) compopt -o filenames 2> /dev/null; _blueplane_read "$(compgen -d -- "$cur")" ;;
    @*) _blueplane_ask "\${w#@}" "$cur" ;;
    *) _blueplane_read "$(compgen -W "$w" -- "$cur")" ;;
  esac
}

_blueplane_ask() {
  while IFS=$'\\t' read -r word _; do
    [[ -n $word ]] && COMPREPLY[\${#COMPREPLY[@]}]=$(printf %q "$word")
  done <<< "$(blueplane completions --words "$1" --beginning "$2" 2> /dev/null)"
}

_blueplane_read() {
  while IFS= read -r word; do
    [[ -n $word ]] && COMPREPLY[\${#COMPREPLY[@]}]=$word
  done <<< "$1"
}

complete -F _blueplane blueplane
`;

/** The script. */
export function bashCompletion(table: CompletionTable): string {
  const words = (candidates: readonly { word: string }[]) =>
    candidates.map(({ word }) => word).join(" ");
  const values = (what: Values) =>
    typeof what === "string" ? (what === "anything" ? "" : `@${what}`) : what.join(" ");
  const cases = <What>(places: readonly Place<What>[], show: (what: What) => string) =>
    places.map(({ keys, what }) => `    ${keys.map(pattern).join("|")}) w='${show(what)}' ;;`)
      .join("\n");
  return `# Completions of blueplane for bash. To have them in every shell:
#   echo 'eval "$(blueplane completions bash)"' >> ~/.bashrc

_blueplane_commands() { w=
  case "$1" in
${cases(table.commands, words)}
    *) return 1 ;;
  esac
}

_blueplane_options() { w=
  case "$1" in
${cases(table.options, words)}
  esac
  w="$w ${words(table.globals)}"
}

_blueplane_values() { w=
  case "$1" in
${cases(table.optionValues, values)}
    *) return 1 ;;
  esac
}

_blueplane_arguments() { w=
  case "$1" in
${cases(table.argumentValues, values)}
  esac
}

${COMPLETE}`;
}

/** The star stands for any command. */
function pattern(key: string): string {
  return key.startsWith("* ") ? `*'${key.slice(1)}'` : `'${key}'`;
}
