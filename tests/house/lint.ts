/** The Deno lint plug-in `blueplane`: the house rules that a syntax tree can show. */

import { errorMessage } from "./rules/error_message.ts";
import { exportedDoc } from "./rules/exported_doc.ts";
import { fileDoc } from "./rules/file_doc.ts";
import { fileName } from "./rules/file_name.ts";
import { functionLength } from "./rules/function_length.ts";
import { importDirection } from "./rules/import_direction.ts";
import { noBarrel } from "./rules/no_barrel.ts";
import { noConsole } from "./rules/no_console.ts";
import { noDefaultExport } from "./rules/no_default_export.ts";
import { noEmptyCatch } from "./rules/no_empty_catch.ts";
import { noHiddenGlobals } from "./rules/no_hidden_globals.ts";
import { noPrivateKeyword } from "./rules/no_private_keyword.ts";
import { noTodo } from "./rules/no_todo.ts";
import { packageHome } from "./rules/package_home.ts";
import { platformName } from "./rules/platform_name.ts";
import { testName } from "./rules/test_name.ts";
import { topLevelFunction } from "./rules/top_level_function.ts";

const plugin: Deno.lint.Plugin = {
  name: "blueplane",
  rules: {
    "error-message": { create: errorMessage },
    "exported-doc": { create: exportedDoc },
    "file-doc": { create: fileDoc },
    "file-name": { create: fileName },
    "function-length": { create: functionLength },
    "import-direction": { create: importDirection },
    "no-barrel": { create: noBarrel },
    "no-console": { create: noConsole },
    "no-default-export": { create: noDefaultExport },
    "no-empty-catch": { create: noEmptyCatch },
    "no-hidden-globals": { create: noHiddenGlobals },
    "no-private-keyword": { create: noPrivateKeyword },
    "no-todo": { create: noTodo },
    "package-home": { create: packageHome },
    "platform-name": { create: platformName },
    "test-name": { create: testName },
    "top-level-function": { create: topLevelFunction },
  },
};

export default plugin;
