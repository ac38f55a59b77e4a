/**
 * The completions for zsh, each with what it means.
 *
 * @module
 */

import type { Candidate, CompletionTable, Place, Values } from "./completion_table.ts";

/** Walks over the words before the cursor, then offers what may come next. */
const COMPLETE = `_blueplane() {
  local at= option= word cur=$words[CURRENT]
  local -i i count=0
  local -a w
  for ((i = 2; i < CURRENT; i++)); do
    word=$words[i]
    if [[ -n $option ]]; then
      option=
    elif [[ $word == --*=* ]]; then
      continue
    elif [[ $word == -* ]]; then
      _blueplane_values "$at $word" && option=$word
    elif _blueplane_commands "$at" && (( \${w[(I)$word:*]} )); then
      at="\${at:+$at }$word"
    else
      count+=1
    fi
  done
  if [[ -z $option && $cur == --*=* ]]; then
    option=\${cur%%=*}
    compset -P '*='
    cur=\${cur#*=}
  fi
  if [[ -n $option ]]; then
    _blueplane_values "$at $option"
  elif [[ $cur == -* ]]; then
    _blueplane_options "$at"
  elif ! _blueplane_commands "$at"; then
    _blueplane_arguments "$at $count"
  fi
  case "$w" in
    (@files) _files ;;
    (@folders) _files -/ ;;
    (@*)
      w=("\${(@f)$(blueplane completions --words \${w#@} --beginning "$cur" 2> /dev/null)}")
      w=("\${(@)\${(@)w//:/\\\\:}/$'\\t'/:}")
      [[ -z "$w" ]] || _describe -V blueplane w
      ;;
    ('') _message 'no more words' ;;
    (*) _describe blueplane w ;;
  esac
}

if (( ! $+functions[compdef] )); then
  autoload -Uz compinit && compinit
fi
if [[ $funcstack[1] == _blueplane ]]; then
  _blueplane "$@"
else
  compdef _blueplane blueplane
fi
`;

/** The script. */
export function zshCompletion(table: CompletionTable): string {
  const described = (candidates: readonly Candidate[]) =>
    candidates.map(({ word, help }) => quoted(`${word.replaceAll(":", "\\:")}:${help}`)).join(
      " ",
    );
  const values = (what: Values) =>
    typeof what === "string"
      ? (what === "anything" ? "" : quoted(`@${what}`))
      : what.map((word) => quoted(word.replaceAll(":", "\\:"))).join(" ");
  const cases = <What>(places: readonly Place<What>[], show: (what: What) => string) =>
    places.map(({ keys, what }) => `    (${keys.map(pattern).join("|")}) w=(${show(what)}) ;;`)
      .join("\n");
  return `#compdef blueplane
# Completions of blueplane for zsh. To have them in every shell:
#   echo 'eval "$(blueplane completions zsh)"' >> ~/.zshrc

_blueplane_commands() {
  w=()
  case "$1" in
${cases(table.commands, described)}
    (*) return 1 ;;
  esac
}

_blueplane_options() {
  w=()
  case "$1" in
${cases(table.options, described)}
  esac
  w+=(${described(table.globals)})
}

_blueplane_values() {
  w=()
  case "$1" in
${cases(table.optionValues, values)}
    (*) return 1 ;;
  esac
}

_blueplane_arguments() {
  w=()
  case "$1" in
${cases(table.argumentValues, values)}
  esac
}

${COMPLETE}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The star stands for any command. */
function pattern(key: string): string {
  return key.startsWith("* ") ? `*'${key.slice(1)}'` : `'${key}'`;
}
