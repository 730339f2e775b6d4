import { readConfig } from '../../../apps/server/src/config.ts';

/** What `npm start` was asked for; everything but --help goes on to the server as it is. */
export interface StartArguments {
  readonly help: boolean;
  /** True when the user named the clusters; then no playground takes their place. */
  readonly namesClusters: boolean;
  /** True with --no-discovery: no cluster is wanted. */
  readonly wantsNoCluster: boolean;
  /** The server's arguments. */
  readonly forServer: readonly string[];
}

/** The text of `npm start -- --help`. */
export const usage = `usage: npm start -- [FLAG..]
  Installs what npm packages are missing, builds what changed and starts Meshery on http://localhost:9081 for the
  current context of your kubeconfig. Without a cluster that answers it brings up a local one (npm run cluster).

  --port PORT         port of UI and REST (default 9081)
  --host ADDRESS      address to listen on (default 127.0.0.1); another than loopback needs TLS or --insecure
  --no-browser        print the sign-in link only
  --data-dir DIR      where data is kept (default $HOME/.meshery)
  --kubeconfig FILE   kubeconfig to read (default $KUBECONFIG, else $HOME/.kube/config)
  --context NAME|all  contexts to discover, comma-separated (default: the current one)
  --no-discovery      serve what is known, watch no cluster
  --help              print this text
  Further flags go to the server; "node dist/server/main.js --help" lists them all.
`;

/** Throws what the server would refuse to start with: the first build and the first cluster take minutes. */
export function checkSettings(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): void {
  readConfig({ argv, env });
}

/** Reads the arguments of `npm start`. */
export function parseStartArguments(argv: readonly string[]): StartArguments {
  const has = (flag: string): boolean => argv.some((argument) => argument === flag || argument.startsWith(`${flag}=`));
  return {
    help: has('--help') || has('-h'),
    namesClusters: has('--kubeconfig') || has('--context'),
    wantsNoCluster: has('--no-discovery'),
    forServer: argv,
  };
}
