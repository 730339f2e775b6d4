import { MesheryError } from '@meshery/errors';

/** The kubeconfig cannot be read from disk. */
export function kubeconfigUnreadable(path: string, cause: unknown): MesheryError {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  const missing = code === 'ENOENT';
  return new MesheryError('meshery-kube-1300', `The kubeconfig ${path} cannot be read.`, {
    probableCause: missing ? 'The file does not exist.' : `The system answered ${code ?? 'an error'}.`,
    remedy: missing
      ? 'Name an existing file with --kubeconfig FILE or KUBECONFIG.'
      : `Make the file readable for this user: chmod u+r '${path}'.`,
    details: { path },
    cause,
  });
}

/** The kubeconfig is not what it should be; `where` names the field, never its value. */
export function kubeconfigMalformed(where: string, why: string, cause?: unknown): MesheryError {
  return new MesheryError('meshery-kube-1301', `The kubeconfig is malformed at ${where}: ${why}.`, {
    probableCause: 'The file was edited by hand, cut off, or is not a kubeconfig.',
    remedy: 'Compare it with the output of: kubectl config view.',
    details: { where },
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The wanted context is not in the kubeconfig. */
export function unknownContext(wanted: string | undefined, known: readonly string[]): MesheryError {
  const names = known.length === 0 ? 'it has none' : `known are: ${known.slice(0, 50).join(', ')}`;
  const message =
    wanted === undefined
      ? `The kubeconfig has no current context; ${names}.`
      : `The kubeconfig has no context "${wanted}"; ${names}.`;
  return new MesheryError('meshery-kube-1302', message, {
    probableCause: 'The name is misspelt, or another kubeconfig was meant.',
    remedy: 'Name one of the known contexts, or set one with: kubectl config use-context NAME.',
    details: { known: known.slice(0, 50) },
  });
}

/** Nothing answers at the API server's address. */
export function apiServerUnreachable(server: string, cause: unknown): MesheryError {
  const reason = reasonOf(cause);
  return new MesheryError('meshery-kube-1303', `The API server ${server} cannot be reached (${reason}).`, {
    probableCause: 'The cluster is stopped, the address is wrong, or a firewall or proxy is in the way.',
    remedy: `Check that the cluster runs and that this machine reaches ${server}, for example with: kubectl cluster-info.`,
    details: { server, reason },
    cause,
  });
}

/** A certificate is past its validity; `whose` says which one. */
export function certificateExpired(whose: 'client' | 'server', expiredAt: string, cause?: unknown): MesheryError {
  const mine = whose === 'client';
  return new MesheryError(
    'meshery-kube-1304',
    `The ${mine ? 'client certificate of the kubeconfig' : 'certificate of the API server'} expired at ${expiredAt}.`,
    {
      probableCause: 'It was not renewed in time, or the clock of this machine is wrong.',
      remedy: mine
        ? 'Fetch a new kubeconfig for this cluster.'
        : 'Renew the certificates of the control plane, for example with: kubeadm certs renew all.',
      details: { expiredAt, whose },
      ...(cause === undefined ? {} : { cause }),
    },
  );
}

/** The API server does not know or accept the credential (401). */
export function credentialRejected(server: string): MesheryError {
  return new MesheryError('meshery-kube-1304', `The API server ${server} rejected the credential (401).`, {
    probableCause: 'The token or certificate is revoked, expired, or belongs to another cluster.',
    remedy: 'Sign in to the cluster again and renew the kubeconfig.',
    details: { server, status: 401 },
  });
}

/** The certificate of the API server is not signed by the trusted CA or is for another name. */
export function serverNotTrusted(server: string, cause: unknown): MesheryError {
  const reason = reasonOf(cause);
  const name = reason === 'ERR_TLS_CERT_ALTNAME_INVALID';
  return new MesheryError(
    'meshery-kube-1309',
    `The certificate of the API server ${server} is not trusted (${reason}).`,
    {
      probableCause: name
        ? 'The certificate does not name this host.'
        : 'certificate-authority-data belongs to another cluster, or a proxy replaces certificates.',
      remedy: name
        ? 'Set tls-server-name in the kubeconfig to a name the certificate has.'
        : "Put the cluster's own CA into certificate-authority-data.",
      details: { server, reason },
      cause,
    },
  );
}

/** A kubeconfig from the network wants to run a program or read a file of this machine. */
export function notAllowed(what: string, remedy: string): MesheryError {
  return new MesheryError('meshery-kube-1305', `The kubeconfig wants to use ${what}, which is not allowed here.`, {
    probableCause: 'Kubeconfigs that arrive over the network may not run programs or read files of this machine.',
    remedy,
    details: { what },
  });
}

/** RBAC denies a request (403). */
export function requestForbidden(what: string, message: string): MesheryError {
  return new MesheryError('meshery-kube-1308', `The API server forbids to ${what}: ${message}`, {
    probableCause: 'The user or service account lacks a role.',
    remedy: `Grant it with a ClusterRole and ClusterRoleBinding that allow to ${what}.`,
    details: { what },
  });
}

/** A request was to be decided by the rights of a user, and the own credential may not ask for that. */
export function impersonationForbidden(what: string, message: string): MesheryError {
  return new MesheryError('meshery-kube-1321', `The API server does not ${what} on behalf of a user: ${message}`, {
    probableCause: 'The credential of this connection lacks the right to impersonate.',
    remedy: 'Bind it to a ClusterRole with the verb "impersonate" on "users" and "groups".',
    details: { what },
  });
}

/** Another process may lead by now, so nothing is written. */
export function notLeading(what: string): MesheryError {
  return new MesheryError('meshery-kube-1315', `This process does not lead any more and may not ${what}.`, {
    probableCause: 'It was held up, or could not renew its Lease in time.',
    remedy: 'Nothing is to be done: another process goes on.',
    details: { what },
  });
}

/** The API server answered something that is not what the API promises. */
export function malformedAnswer(path: string, why: string, cause?: unknown): MesheryError {
  return new MesheryError('meshery-kube-1307', `The API server answered ${path} with something unexpected: ${why}.`, {
    probableCause: 'The address is not a Kubernetes API server, or a proxy changes its answers.',
    remedy: 'Check the server address in the kubeconfig.',
    details: { path },
    ...(cause === undefined ? {} : { cause }),
  });
}

interface ErrorLike {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
}

/** The code of a system or TLS error behind wrappers, or its message; judged by shape, not by class. */
export function reasonOf(cause: unknown): string {
  let error = cause;
  for (let depth = 0; typeof error === 'object' && error !== null && depth < 8; depth += 1) {
    const { code, message, cause: inner, errors } = error as ErrorLike;
    if (typeof code === 'string') return code;
    const next = errors?.[0] ?? inner;
    if (next === undefined && typeof message === 'string') return message;
    error = next;
  }
  return 'unknown reason';
}
