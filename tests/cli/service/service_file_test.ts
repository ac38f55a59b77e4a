/** Tests of the files of services: systemd's own check, and what the others must hold. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import {
  launchdAgent,
  MARK,
  scheduledTask,
  type ServiceFile,
  systemdUnit,
} from "../../../cli/service/service_file.ts";
import { findProgram } from "../../../tools/parts.ts";

const CALL = {
  words: ["/bin/echo", "serve", "--home", '/home/ada & co/50% "$HOME"\\x <b>'],
  variables: { SOME_FOLDER: '/home/ada/a "b" 50%' },
};
const ANALYZE = findProgram(["systemd-analyze"], Deno.env.get("PATH") ?? "");

function lineOf({ text }: ServiceFile, begin: string): string | undefined {
  return text.split("\n").find((line) => line.startsWith(begin));
}

Deno.test("systemdUnit() quotes what systemd would take for its own", () => {
  const unit = systemdUnit("/home/ada/.config", CALL);
  equal(unit.path, "/home/ada/.config/systemd/user/blueplane.service");
  equal(
    lineOf(unit, "ExecStart="),
    String.raw`ExecStart="/bin/echo" "serve" "--home" "/home/ada & co/50%% \"$$HOME\"\\x <b>"`,
  );
  equal(
    lineOf(unit, "Environment="),
    String.raw`Environment="SOME_FOLDER=/home/ada/a \"b\" 50%%"`,
  );
  ok(unit.text.startsWith(`# ${MARK}`));
  deepEqual(unit.enable.map(({ words }) => words[2]), ["daemon-reload", "enable", "restart"]);
});

Deno.test({
  name: "systemdUnit() passes the check of systemd",
  ignore: !ANALYZE, // Where there is no systemd, its unit is of no use.
  async fn() {
    const folder = Deno.makeTempDirSync({ prefix: "blueplane_test_" });
    try {
      const path = `${folder}/blueplane.service`;
      const verify = async (text: string) => {
        Deno.writeTextFileSync(path, text);
        const { code, stderr } = await new Deno.Command(ANALYZE!, {
          args: ["--user", "verify", path],
          env: { XDG_RUNTIME_DIR: folder },
        }).output();
        return { code, stderr: new TextDecoder().decode(stderr) };
      };
      const { text } = systemdUnit(folder, CALL);
      deepEqual(await verify(text), { code: 0, stderr: "" });
      const wrong = await verify(text.replace("Restart=on-failure", "Restart=sometimes"));
      match(wrong.stderr, /sometimes/);
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  },
});

Deno.test("launchdAgent() gives words one by one, and restarts after a failure alone", () => {
  const agent = launchdAgent("/Users/ada", 501, CALL);
  equal(agent.path, "/Users/ada/Library/LaunchAgents/blueplane.plist");
  const strings = [...agent.text.matchAll(/<string>(.*)<\/string>/g)].map(([, text]) => text);
  deepEqual(strings, [
    "blueplane",
    "/bin/echo",
    "serve",
    "--home",
    "/home/ada &amp; co/50% &quot;$HOME&quot;\\x &lt;b&gt;",
    "/home/ada/a &quot;b&quot; 50%",
  ]);
  match(agent.text, /<key>SuccessfulExit<\/key>\s*<false\/>/);
  match(agent.text, /<key>Umask<\/key>\s*<integer>63<\/integer>/);
  ok(agent.text.includes(MARK));
  deepEqual(agent.enable.at(-1)!.words, ["launchctl", "bootstrap", "gui/501", agent.path]);
  deepEqual(agent.disable[0]!.words, ["launchctl", "bootout", "gui/501/blueplane"]);
});

Deno.test("scheduledTask() begins at the user's logon, with a command line for Windows", () => {
  const task = scheduledTask("C:/Users/ada/.blueplane", "ada", {
    words: ["C:\\Program Files\\blueplane.exe", "serve", "--home", 'C:\\a "b"\\'],
  });
  match(task.text, /<Command>&quot;C:\\Program Files\\blueplane\.exe&quot;<\/Command>/);
  const escaped = String.raw`serve --home &quot;C:\a \&quot;b\&quot;\\&quot;`;
  ok(task.text.includes(`<Arguments>${escaped}</Arguments>`), task.text);
  match(task.text, /<LogonTrigger>\s*<Enabled>true<\/Enabled>\s*<UserId>ada<\/UserId>/);
  match(task.text, /<RunLevel>LeastPrivilege<\/RunLevel>/);
  ok(task.text.includes(MARK));
  deepEqual(task.enable.map(({ words }) => words[1]), ["/Create", "/Run"]);
  deepEqual(task.disable.map(({ words }) => words[1]), ["/End", "/Delete"]);
});
