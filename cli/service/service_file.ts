/**
 * What the service of each operating system is made of: a file, and the commands that make its
 * manager take it.
 *
 * @module
 */

/** What is run, and how. */
export interface ServiceCall {
  /** The program's absolute path first. */
  readonly words: readonly string[];
  /** Variables that it needs, as a service has none of the login's. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The service of one operating system. */
export interface ServiceFile {
  /** The manager's name. */
  readonly manager: string;
  readonly path: string;
  readonly text: string;
  /** Run one after the other; those that may fail have nothing to end. */
  readonly enable: readonly ManagerCall[];
  readonly disable: readonly ManagerCall[];
  /** Run once the file is gone. */
  readonly forget: readonly ManagerCall[];
}

/** A command for the manager. */
export interface ManagerCall {
  readonly words: readonly string[];
  readonly mayFail?: true;
}

/** Stands in each file that we wrote. */
export const MARK = "Written by blueplane service install";

const NAME = "blueplane";
const UNIT = `${NAME}.service`;
/** The server finishes within ten. */
const STOP_SECONDS = 15;

/** The systemd unit of a user. */
export function systemdUnit(
  configFolder: string,
  { words, variables }: ServiceCall,
): ServiceFile {
  const call = words.map((word) => systemdWord(word).replaceAll("$", "$$$$")).join(" ");
  const systemctl = (...args: string[]) => ({ words: ["systemctl", "--user", ...args] });
  return {
    manager: "systemd",
    path: `${configFolder}/systemd/user/${UNIT}`,
    text: `# ${MARK}; blueplane service uninstall removes it.
[Unit]
Description=Blueplane, telemetry for AI-assisted coding on this machine

[Service]
Type=exec
ExecStart=${call}
${
      Object.entries(variables).map(([name, value]) =>
        `Environment=${systemdWord(`${name}=${value}`)}\n`
      ).join("")
    }Restart=on-failure
RestartSec=2
TimeoutStopSec=${STOP_SECONDS}
UMask=0077
NoNewPrivileges=yes

[Install]
WantedBy=default.target
`,
    enable: [
      systemctl("daemon-reload"),
      systemctl("enable", UNIT),
      systemctl("restart", UNIT),
    ],
    disable: [{ ...systemctl("disable", "--now", UNIT), mayFail: true }],
    forget: [{ ...systemctl("daemon-reload"), mayFail: true }],
  };
}

/** The launchd agent of a user. */
export function launchdAgent(
  userHome: string,
  userId: number,
  { words, variables }: ServiceCall,
): ServiceFile {
  const path = `${userHome}/Library/LaunchAgents/${NAME}.plist`;
  const domain = `gui/${userId}`;
  const bootout = {
    words: ["launchctl", "bootout", `${domain}/${NAME}`],
    mayFail: true,
  } as const;
  const strings = words.map((word) => `    <string>${xmlText(word)}</string>\n`).join("");
  const pairs = Object.entries(variables).map(([name, value]) =>
    `    <key>${xmlText(name)}</key>\n    <string>${xmlText(value)}</string>\n`
  ).join("");
  return {
    manager: "launchd",
    path,
    text: `<?xml version="1.0" encoding="UTF-8"?>
<!-- ${MARK}; blueplane service uninstall removes it. -->
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "${PLIST}">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${NAME}</string>
  <key>ProgramArguments</key>
  <array>
${strings}  </array>
  <key>EnvironmentVariables</key>
  <dict>
${pairs}  </dict>
  <key>RunAtLoad</key>
  <true/>
  <key>KeepAlive</key>
  <dict>
    <key>SuccessfulExit</key>
    <false/>
  </dict>
  <key>ExitTimeOut</key>
  <integer>${STOP_SECONDS}</integer>
  <key>Umask</key>
  <integer>63</integer>
</dict>
</plist>
`,
    enable: [bootout, { words: ["launchctl", "bootstrap", domain, path] }],
    disable: [bootout],
    forget: [],
  };
}

/**
 * The task of a user in the Task Scheduler, begun at logon; its text is kept in our own folder.
 * It sees the variables that the user has set for good, and can have none of its own.
 */
export function scheduledTask(
  dataFolder: string,
  userName: string,
  { words }: Pick<ServiceCall, "words">,
): ServiceFile {
  const path = `${dataFolder}/service.xml`;
  const [program, ...args] = words.map(windowsWord);
  return {
    manager: "Task Scheduler",
    path,
    text: `<?xml version="1.0" encoding="UTF-8"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>${MARK}; blueplane service uninstall removes it.</Description>
  </RegistrationInfo>
  <Triggers>
    <LogonTrigger>
      <Enabled>true</Enabled>
      <UserId>${xmlText(userName)}</UserId>
    </LogonTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>${xmlText(userName)}</UserId>
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Hidden>true</Hidden>
    <RestartOnFailure>
      <Interval>PT1M</Interval>
      <Count>10</Count>
    </RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>${xmlText(program!)}</Command>
      <Arguments>${xmlText(args.join(" "))}</Arguments>
    </Exec>
  </Actions>
</Task>
`,
    enable: [
      { words: ["schtasks", "/Create", "/F", "/TN", NAME, "/XML", path] },
      { words: ["schtasks", "/Run", "/TN", NAME] },
    ],
    disable: [
      { words: ["schtasks", "/End", "/TN", NAME], mayFail: true },
      { words: ["schtasks", "/Delete", "/F", "/TN", NAME], mayFail: true },
    ],
    forget: [],
  };
}

const PLIST = "http://www.apple.com/DTDs/PropertyList-1.0.dtd";

/** In quotes always; a percent sign would begin a specifier. */
function systemdWord(word: string): string {
  const text = word.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("%", "%%")
    .replaceAll("\n", "\\n");
  return `"${text}"`;
}

function xmlText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** As Windows takes a command line apart: backslashes count before a quote alone. */
function windowsWord(word: string): string {
  if (/^[^\s"]+$/.test(word)) return word;
  return `"${word.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, "$1$1")}"`;
}
