/** The oldest Node that runs our code. */
export const REQUIRED_NODE_MAJOR: number;
/** The path of a Node >= 24: the one among the npm packages, else the one that runs this; throws with a remedy. */
export function findNode(root: string, self?: { version?: string; execPath?: string }): string;
/** The environment of our programs: that Node and the packages' commands come first on the PATH. */
export function runtimeEnvironment(root: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
/** Runs a program with our terminal, passes signals on, and gives the exit code (128 + number for a signal). */
export function runForeground(
  file: string,
  args: string[],
  options: { cwd?: string; env: NodeJS.ProcessEnv },
): Promise<number>;
